import { cosine } from "../../kernels/cosine.ts";
import { invariantUnder } from "../invariant-under.ts";
import type { NeighbourMetric } from "../metric.ts";
import { countParameter } from "../neighbours/count.ts";

/** lcs_knn of platonic-rep: a length, not a share. */
export const platonicLcsKnnMetric: NeighbourMetric = {
  id: "platonic-lcs-knn",
  label: "platonic-rep lcs_knn",
  summary: "Mean length of the longest common subsequence, not divided by k.",
  formula: "mean over i of LCS(N₁(i), N₂(i))",
  family: "platonic",
  symmetric: true,
  sense: "similarity",
  range: [0, null],
  variants: [],
  parameters: [countParameter],
  kernel: cosine(),
  invariances: invariantUnder("scale", "rotation", "duplication"),
  cost: "tiles",
  fewestSamples: () => 2,
  source: "platonic-rep, the code of Huh, Cheung, Wang and Isola 2024",
  section: null,
  reads: "neighbours",
  score: () => "platonicLcs",
};
