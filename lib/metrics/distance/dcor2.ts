import { invariantUnder } from "../invariant-under.ts";
import type { TableMetric } from "../metric.ts";
import { normalised } from "../normalised.ts";

/**
 * Squared distance correlation dCov²_12/√(dCov²_11·dCov²_22) (Székely, Rizzo and Bakirov 2007), or its bias-corrected form by
 * U-centring (Székely and Rizzo 2013), which may be negative.
 */
export const dcor2Metric: TableMetric = {
  id: "dcor2",
  label: "dCor²",
  summary: "Squared distance correlation: 0 for independent layers, 1 for layers that are rotations of each other.",
  formula: "dCov²₁₂ / √(dCov²₁₁·dCov²₂₂); debiased: with U-centred distances",
  family: "distance",
  symmetric: true,
  sense: "similarity",
  range: [0, 1],
  variants: ["biased", "debiased"],
  parameters: [],
  kernel: null,
  invariances: invariantUnder("translation", "scale", "rotation", "duplication"),
  cost: "tiles",
  fewestSamples: ({ variant }) => (variant === "debiased" ? 4 : 2),
  source: "Székely, Rizzo and Bakirov 2007; Székely and Rizzo 2013",
  section: "3.2",
  reads: "operators",
  operators: () => [{ make: "distance" }],
  pairs: [[0, 0]],
  evaluate({ table, rounding }, [a], [b], { variant }) {
    const inner = (x: number, y: number): { value: number; magnitude: number } =>
      variant === "debiased" ? table!.debiasedInner(x, y) : table!.centredInner(x, y);
    return normalised(inner(a!, b!).value, inner(a!, a!), inner(b!, b!), rounding, "the distance variance");
  },
};
