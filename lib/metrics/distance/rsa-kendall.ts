import type { RankMetric } from "../metric.ts";
import { rsaSpearmanMetric } from "./rsa-spearman.ts";

/** Representational similarity analysis by ranks: Kendall τ-a over the strict upper triangles of two distance matrices. */
export const rsaKendallMetric: RankMetric = {
  ...rsaSpearmanMetric,
  id: "rsa-kendall",
  label: "RSA (Kendall τ-a)",
  summary:
    "Representational similarity analysis by ranks: share of concordant minus share of discordant pairs between the two layers' distances.",
  formula: "(concordant − discordant) / all pairs of pairs of samples",
  comparison: "kendall",
};
