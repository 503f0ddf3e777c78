import { invariantUnder } from "../invariant-under.ts";
import type { TableMetric } from "../metric.ts";
import { projectorOperators, projectorProducts } from "./projectors.ts";

/** Yanai's generalised coefficient of determination: ⟨P_1,P_2⟩/√(rank_1·rank_2). Yanai 1974; Ramsay, ten Berge and Styan 1984. */
export const gcdMetric: TableMetric = {
  id: "gcd",
  label: "GCD",
  summary: "Yanai's coefficient: the cosine between the projectors on the two layers' column spaces.",
  formula: "⟨P₁,P₂⟩ / √(r₁r₂)",
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
  source: "Yanai 1974; Ramsay, ten Berge and Styan 1984",
  section: null,
  reads: "operators",
  operators: projectorOperators,
  pairs: [[0, 0]],
  evaluate(context, [a], [b]) {
    const { inner, ranks } = projectorProducts(context, a!, b!);
    return { value: inner / Math.sqrt(ranks[0] * ranks[1]) };
  },
};
