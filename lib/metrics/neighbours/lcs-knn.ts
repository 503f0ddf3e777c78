import { cosine } from "../../kernels/cosine.ts";
import { invariantUnder } from "../invariant-under.ts";
import type { NeighbourMetric } from "../metric.ts";
import { countParameter } from "./count.ts";

/** Longest common subsequence of the neighbour lists, nearest first, as a share of k. Huh et al. 2024. */
export const lcsKnnMetric: NeighbourMetric = {
  id: "lcs-knn",
  label: "LCS kNN",
  summary: "Longest common subsequence of the two ordered lists of neighbours, over k.",
  formula: "mean over i of LCS(N₁(i), N₂(i)) / k",
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
  score: () => "lcs",
};
