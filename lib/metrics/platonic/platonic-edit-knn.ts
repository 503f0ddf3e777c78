import { cosine } from "../../kernels/cosine.ts";
import { invariantUnder } from "../invariant-under.ts";
import type { NeighbourMetric } from "../metric.ts";
import { countParameter } from "../neighbours/count.ts";

/** edit_distance_knn of platonic-rep. */
export const platonicEditKnnMetric: NeighbourMetric = {
  id: "platonic-edit-knn",
  label: "platonic-rep edit_distance_knn",
  summary: "Edit similarity of neighbour lists as platonic-rep computes it.",
  formula: "1 − mean over i of edit(N₁(i), N₂(i)) / k",
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
  score: () => "platonicEdit",
};
