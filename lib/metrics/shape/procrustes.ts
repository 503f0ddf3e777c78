import { invariantUnder } from "../invariant-under.ts";
import type { SpectrumMetric } from "../metric.ts";
import { bySingularValue } from "../scalings.ts";

/** Squared orthogonal Procrustes distance ‖X_1‖²+‖X_2‖²−2‖X_1ᵀX_2‖_∗ of centred features. Schönemann 1966. */
export const procrustesMetric: SpectrumMetric = {
  id: "procrustes",
  label: "Procrustes²",
  summary: "Squared distance between the two layers after the best rotation, in the features' units.",
  formula: "‖X₁‖² + ‖X₂‖² − 2‖X₁ᵀX₂‖_∗",
  family: "shape",
  symmetric: true,
  sense: "distance",
  range: [0, null],
  variants: [],
  parameters: [],
  kernel: null,
  invariances: invariantUnder("translation", "rotation"),
  cost: "pair",
  fewestSamples: () => 2,
  source: "Schönemann 1966; Williams et al. 2021",
  section: null,
  reads: "spectra",
  reading: () => ({ side: "samples", what: "values", scaling: bySingularValue }),
  evaluate: (found, a, b) => {
    const nuclear = found.reduce((sum, sigma) => sum + sigma, 0);
    return { value: Math.max(0, a.trace + b.trace - 2 * nuclear) };
  },
};
