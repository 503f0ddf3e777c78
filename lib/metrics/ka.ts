import type { Metric } from "./metric.ts";
import { normalised } from "./normalised.ts";

/** Kernel alignment ⟨K_1,K_2⟩ / (‖K_1‖·‖K_2‖), nothing centred. Insulla et al. 2025, section 3.1. */
export const kaMetric: Metric = {
  id: "ka",
  label: "KA",
  summary: "Kernel alignment: the cosine between two kernel matrices, without centring (the mean counts).",
  symmetric: true,
  range: [0, 1],
  estimators: [],
  fewestSamples: () => 1,
  source: "Insulla, Huang and Rosasco 2025, section 3.1",
  evaluate({ table, rounding }, a, b) {
    const self = (x: number): { value: number; magnitude: number } => {
      const value = table!.inner(x, x);
      return { value, magnitude: Math.abs(value) };
    };
    return normalised(table!.inner(a, b), self(a), self(b), rounding, "the norm of the kernel matrix");
  },
};
