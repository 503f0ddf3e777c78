import { cosine } from "../../kernels/cosine.ts";
import { invariantUnder } from "../invariant-under.ts";
import type { NeighbourMetric } from "../metric.ts";
import { countParameter } from "../neighbours/count.ts";

/** cycle_knn of platonic-rep. */
export const platonicCycleKnnMetric: NeighbourMetric = {
  id: "platonic-cycle-knn",
  label: "platonic-rep cycle_knn",
  summary: "Cycle consistency in platonic-rep’s direction.",
  formula: "mean over i of [i ∈ ∪ N₁(j), j ∈ N₂(i)]",
  family: "platonic",
  symmetric: false,
  sense: "similarity",
  range: [0, 1],
  variants: ["forward", "backward"],
  parameters: [countParameter],
  kernel: cosine(),
  invariances: invariantUnder("scale", "rotation", "duplication"),
  cost: "tiles",
  fewestSamples: () => 2,
  source: "platonic-rep, the code of Huh, Cheung, Wang and Isola 2024",
  section: null,
  reads: "neighbours",
  score: () => "platonicCycle",
};
