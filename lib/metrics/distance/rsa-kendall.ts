import { invariantUnder } from "../invariant-under.ts";
import type { RankMetric } from "../metric.ts";
import { rsaDistanceParameter } from "./rsa-distance.ts";

/** Representational similarity analysis by ranks: Kendall τ-a over the strict upper triangles of two distance matrices. */
export const rsaKendallMetric: RankMetric = {
  id: "rsa-kendall",
  label: "RSA (Kendall τ-a)",
  summary:
    "Representational similarity analysis by ranks: share of concordant minus share of discordant pairs between the two layers' distances.",
  formula: "(concordant − discordant) / all pairs of pairs of samples",
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
  comparison: "kendall",
};
