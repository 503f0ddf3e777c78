import { linear } from "../../kernels/linear.ts";
import { invariantUnder } from "../invariant-under.ts";
import type { PooledMetric } from "../metric.ts";

/**
 * Squared maximum mean discrepancy between the distributions of two layers of one width: biased (V-statistic) or unbiased
 * (U-statistic). Gretton et al. 2012. A median bandwidth is that of both layers' rows together.
 */
export const mmd2Metric: PooledMetric = {
  id: "mmd2",
  label: "MMD²",
  summary: "Maximum mean discrepancy: do the two layers' rows come from one distribution? (No pairing of samples.)",
  formula: "mean K₁₁ + mean K₂₂ − 2·mean K₁₂; unbiased: without the diagonals of K₁₁ and K₂₂",
  family: "measures",
  symmetric: true,
  sense: "distance",
  range: [0, null],
  variants: ["biased", "unbiased"],
  parameters: [],
  kernel: linear(),
  invariances: invariantUnder(),
  cost: "pair",
  fewestSamples: ({ variant }) => (variant === "unbiased" ? 2 : 1),
  source: "Gretton et al. 2012; Insulla, Huang and Rosasco 2025, section 3.4",
  section: "3.4",
  reads: "pooled",
};
