import { cosine } from "../../kernels/cosine.ts";
import { invariantUnder } from "../invariant-under.ts";
import type { NeighbourMetric } from "../metric.ts";
import { countParameter } from "../neighbours/count.ts";

/** mutual_knn of platonic-rep. */
export const platonicMutualKnnMetric: NeighbourMetric = {
  id: "platonic-mutual-knn",
  label: "platonic-rep mutual_knn",
  summary: "Mutual nearest neighbours as platonic-rep computes them (as ours).",
  formula: "mean over i of |N₁(i) ∩ N₂(i)| / k",
  family: "platonic",
  symmetric: true,
  sense: "similarity",
  range: [0, 1],
  variants: [],
  parameters: [countParameter],
  kernel: cosine(),
  invariances: invariantUnder("scale", "rotation", "duplication"),
  cost: "tiles",
  fewestSamples: () => 2,
  source: "platonic-rep, the code of Huh, Cheung, Wang and Isola 2024",
  section: null,
  reads: "neighbours",
  score: () => "mutual",
};
