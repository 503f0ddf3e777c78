import { invariantUnder } from "../invariant-under.ts";
import type { SpectrumMetric } from "../metric.ts";
import { unscaled } from "../scalings.ts";

/**
 * Squared 2-Wasserstein distance between the joint Gaussian of two whitened layers and the product of its marginals. The paper prints
 * 2Σ(1−√(1−ρ²)), which is another number; it is there as `printed`.
 */
export const w2DependenceMetric: SpectrumMetric = {
  id: "w2-dependence",
  label: "W² dependence",
  summary: "How far the whitened layers are from independent, as a squared 2-Wasserstein distance of Gaussians.",
  formula: "Σᵢ [4 − 2(√(1+ρᵢ) + √(1−ρᵢ))]; printed: 2·Σᵢ (1 − √(1−ρᵢ²))",
  family: "measures",
  symmetric: true,
  sense: "similarity",
  range: [0, null],
  variants: ["exact", "printed"],
  parameters: [],
  kernel: null,
  invariances: invariantUnder("translation", "scale", "rotation", "linear", "duplication"),
  cost: "pair",
  fewestSamples: () => 2,
  source: "Insulla, Huang and Rosasco 2025, section 3.4, corrected",
  section: "3.4",
  reads: "spectra",
  reading: () => ({ side: "samples", what: "values", scaling: unscaled, exact: true }),
  evaluate: (found, _, __, { variant }) => {
    const term = (sigma: number): number => {
      const rho = Math.min(1, sigma);
      if (variant === "printed") return 2 * (1 - Math.sqrt(1 - rho ** 2));
      return 4 - 2 * (Math.sqrt(1 + rho) + Math.sqrt(1 - rho));
    };
    return { value: found.reduce((sum, sigma) => sum + term(sigma), 0) };
  },
};
