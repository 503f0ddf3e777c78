import { cosine } from "../../kernels/cosine.ts";
import { invariantUnder } from "../invariant-under.ts";
import type { NeighbourMetric } from "../metric.ts";
import { countParameter } from "./count.ts";

/** Edit similarity of the neighbour lists, nearest first. Huh et al. 2024. */
export const editKnnMetric: NeighbourMetric = {
  id: "edit-knn",
  label: "Edit kNN",
  summary: "One minus the edit distance between the two ordered lists of neighbours, over k.",
  formula: "1 − mean over i of edit(N₁(i), N₂(i)) / k",
  family: "neighbours",
  symmetric: true,
  sense: "similarity",
  range: [0, 1],
  variants: [],
  parameters: [countParameter],
  kernel: cosine(),
  invariances: invariantUnder("scale", "rotation", "duplication"),
  cost: "tiles",
  fewestSamples: () => 2,
  source: "Huh, Cheung, Wang and Isola 2024",
  section: null,
  reads: "neighbours",
  score: () => "edit",
};
