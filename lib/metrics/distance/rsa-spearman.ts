import { invariantUnder } from "../invariant-under.ts";
import type { RankMetric } from "../metric.ts";
import { rsaDistanceParameter } from "./rsa-distance.ts";

/** Representational similarity analysis by ranks: Spearman over the strict upper triangles of two distance matrices. */
export const rsaSpearmanMetric: RankMetric = {
  id: "rsa-spearman",
  label: "RSA (Spearman)",
  summary: "Representational similarity analysis by ranks: rank correlation between the two layers' distances.",
  formula: "Pearson's correlation between the ranks of d₁(i,j) and d₂(i,j), i < j",
  family: "distance",
  symmetric: true,
  sense: "similarity",
  range: [-1, 1],
  variants: [],
  parameters: [rsaDistanceParameter],
  kernel: null,
  invariances: invariantUnder("translation", "scale", "rotation", "duplication"),
  cost: "ranks",
  fewestSamples: () => 3,
  source: "Kriegeskorte, Mur and Bandettini 2008; Nili et al. 2014",
  section: "3.2",
  reads: "ranks",
  comparison: "spearman",
};
