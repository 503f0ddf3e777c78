import { linear } from "../../kernels/linear.ts";
import { invariantUnder } from "../invariant-under.ts";
import type { TableMetric } from "../metric.ts";
import { normalised } from "../normalised.ts";

/** Kernel alignment ⟨K_1,K_2⟩ / (‖K_1‖·‖K_2‖), nothing centred. Insulla et al. 2025, section 3.1. */
export const kaMetric: TableMetric = {
  id: "ka",
  label: "KA",
  summary: "Kernel alignment: the cosine between two kernel matrices, without centring (the mean counts).",
  formula: "⟨K₁,K₂⟩ / (‖K₁‖·‖K₂‖)",
  family: "alignment",
  symmetric: true,
  sense: "similarity",
  range: [0, 1],
  variants: [],
  parameters: [],
  kernel: linear(),
  invariances: invariantUnder("scale", "rotation", "duplication"),
  cost: "tiles",
  fewestSamples: () => 1,
  source: "Insulla, Huang and Rosasco 2025, section 3.1; Cristianini et al. 2001",
  section: "3.1",
  reads: "operators",
  operators: (_, kernel) => [{ make: "kernel", kernel }],
  pairs: [[0, 0]],
  evaluate({ table, rounding }, [a], [b]) {
    const self = (x: number): { value: number; magnitude: number } => {
      const value = table!.inner(x, x);
      return { value, magnitude: Math.abs(value) };
    };
    return normalised(table!.inner(a!, b!), self(a!), self(b!), rounding, "the norm of the kernel matrix");
  },
};
