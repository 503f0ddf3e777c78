import { invariantUnder } from "../invariant-under.ts";
import type { SpectrumMetric } from "../metric.ts";
import { bySingularValue } from "../scalings.ts";

/** Normalised Bures similarity ‖X_1ᵀX_2‖_∗/(‖X_1‖·‖X_2‖) of centred features. */
export const nbsMetric: SpectrumMetric = {
  id: "nbs",
  label: "NBS",
  summary: "Normalised Bures similarity: the cosine between the two layers after the best rotation.",
  formula: "‖X₁ᵀX₂‖_∗ / (‖X₁‖·‖X₂‖)",
  family: "shape",
  symmetric: true,
  sense: "similarity",
  range: [0, 1],
  variants: [],
  parameters: [],
  kernel: null,
  invariances: invariantUnder("translation", "scale", "rotation", "duplication"),
  cost: "pair",
  fewestSamples: () => 2,
  source: "Tang, Maheswaranathan and Ganguli 2020; Williams et al. 2021",
  section: null,
  reads: "spectra",
  reading: () => ({ side: "samples", what: "values", scaling: bySingularValue }),
  evaluate: (found, a, b) => {
    const nuclear = found.reduce((sum, sigma) => sum + sigma, 0);
    return { value: nuclear / Math.sqrt(a.trace) / Math.sqrt(b.trace) };
  },
};
