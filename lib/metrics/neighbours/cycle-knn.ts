import { cosine } from "../../kernels/cosine.ts";
import { invariantUnder } from "../invariant-under.ts";
import type { NeighbourMetric } from "../metric.ts";
import { countParameter } from "./count.ts";

/** Cycle consistency: the share of samples that are among the first layer's neighbours of some of their neighbours in the second. */
export const cycleKnnMetric: NeighbourMetric = {
  id: "cycle-knn",
  label: "Cycle kNN",
  summary: "How often a step to a neighbour in one layer and a step back in the other return to where they began.",
  formula: "mean over i of [i ∈ ∪ N₁(j), j ∈ N₂(i)]",
  family: "neighbours",
  symmetric: false,
  sense: "similarity",
  range: [0, 1],
  variants: ["forward", "backward"],
  parameters: [countParameter],
  kernel: cosine(),
  invariances: invariantUnder("scale", "rotation", "duplication"),
  cost: "tiles",
  fewestSamples: () => 2,
  source: "Huh, Cheung, Wang and Isola 2024",
  section: null,
  reads: "neighbours",
  score: () => "cycleForward",
};
