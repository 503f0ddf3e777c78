import { invariantUnder } from "../invariant-under.ts";
import type { LayerSpectrum, SpectrumMetric } from "../metric.ts";
import { numberParameter } from "../parameter.ts";
import { bySingularValue, partiallyWhitened, partialWeights } from "../scalings.ts";

function norm(spectrum: LayerSpectrum, alpha: number): number {
  if (alpha === 1) return Math.sqrt(spectrum.trace);
  return Math.hypot(...partialWeights(spectrum, alpha));
}

/**
 * Angular shape distance: the angle in radians between two layers after the best rotation, arccos(NBS), with partial whitening α
 * (1: none; 0: CCA, arccos(Σρ/√(r_1r_2))). Williams et al. 2021. Thresholds are relative, and features are taken at unit Frobenius norm, so the
 * distance does not depend on their scale.
 */
export const shapeMetric: SpectrumMetric = {
  id: "shape",
  label: "Shape distance",
  summary: "Angle (radians) between the two layers after the best rotation; α = 0 whitens them first.",
  formula: "arccos(‖Z₁ᵀZ₂‖_∗ / (‖Z₁‖·‖Z₂‖)), Z = U·diag(α·σ/‖σ‖ + (1−α)/√r)",
  family: "shape",
  symmetric: true,
  sense: "distance",
  range: [0, Math.PI / 2],
  variants: [],
  parameters: [numberParameter("alpha", 1, { min: 0, max: 1 }, "1: the features as they are; 0: whitened")],
  kernel: null,
  invariances: invariantUnder("translation", "scale", "rotation", "duplication"),
  cost: "pair",
  fewestSamples: () => 2,
  source: "Williams, Kunz, Kornblith and Linderman 2021",
  section: null,
  reads: "spectra",
  reading: ({ parameters }) => ({
    side: "samples",
    what: "values",
    // Near 1 an arc cosine halves the digits.
    exact: true,
    // Unwhitened it looks at what NBS and Procrustes look at.
    scaling: parameters["alpha"] === 1 ? bySingularValue : partiallyWhitened(parameters["alpha"] as number),
  }),
  evaluate: (found, a, b, { parameters }) => {
    const alpha = parameters["alpha"] as number;
    const nuclear = found.reduce((sum, sigma) => sum + sigma, 0);
    return { value: Math.acos(Math.min(1, nuclear / (norm(a, alpha) * norm(b, alpha)))) };
  },
};
