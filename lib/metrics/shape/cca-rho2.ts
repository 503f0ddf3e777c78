import { invariantUnder } from "../invariant-under.ts";
import type { TableMetric } from "../metric.ts";
import { projectorOperators, projectorProducts } from "./projectors.ts";

/** Mean squared canonical correlation ⟨P_1,P_2⟩/min(rank_1, rank_2): no spectral job a pair. Kornblith et al. 2019. */
export const ccaRho2Metric: TableMetric = {
  id: "cca-rho2",
  label: "CCA mean ρ²",
  summary: "Mean squared canonical correlation between the column spaces of the two layers.",
  formula: "⟨P₁,P₂⟩ / min(r₁,r₂) = Σᵢ ρᵢ² / min(r₁,r₂)",
  family: "shape",
  symmetric: true,
  sense: "similarity",
  range: [0, 1],
  variants: [],
  parameters: [],
  kernel: null,
  invariances: invariantUnder("translation", "scale", "rotation", "linear", "duplication"),
  cost: "factor",
  fewestSamples: () => 2,
  source: "Hotelling 1936; Kornblith et al. 2019",
  section: null,
  reads: "operators",
  operators: projectorOperators,
  pairs: [[0, 0]],
  evaluate(context, [a], [b]) {
    const { inner, ranks } = projectorProducts(context, a!, b!);
    return { value: inner / Math.min(...ranks) };
  },
};
