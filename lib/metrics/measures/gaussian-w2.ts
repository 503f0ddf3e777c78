import { invariantUnder } from "../invariant-under.ts";
import type { SpectrumMetric } from "../metric.ts";
import { byEigenvalue } from "../scalings.ts";

const perSample = byEigenvalue("1/n", ({ samples }) => 1 / samples);

/** Squared 2-Wasserstein distance between Gaussians with the two layers' means and covariances (Bures). Layers of one width. */
export const gaussianW2Metric: SpectrumMetric = {
  id: "gaussian-w2",
  label: "Gaussian W²",
  summary: "Squared 2-Wasserstein distance between Gaussians with the two layers' means and covariances.",
  formula: "‖m₁−m₂‖² + tr Σ₁ + tr Σ₂ − 2‖Σ₁^½ Σ₂^½‖_∗",
  family: "measures",
  symmetric: true,
  sense: "distance",
  range: [0, null],
  variants: [],
  parameters: [],
  kernel: null,
  invariances: invariantUnder(),
  cost: "pair",
  fewestSamples: () => 2,
  source: "Dowson and Landau 1982; Insulla, Huang and Rosasco 2025, section 3.4",
  section: "3.4",
  reads: "spectra",
  reading: () => ({ side: "features", what: "values", scaling: perSample }),
  evaluate: (found, a, b) => {
    const means = a.mean.reduce((sum, m, i) => sum + (m - b.mean[i]!) ** 2, 0);
    const nuclear = found.reduce((sum, sigma) => sum + sigma, 0);
    return { value: Math.max(0, means + a.trace / a.samples + b.trace / b.samples - 2 * nuclear) };
  },
};
