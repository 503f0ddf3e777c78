import { invariantUnder } from "../invariant-under.ts";
import type { SpectrumMetric } from "../metric.ts";
import { unscaled } from "../scalings.ts";

/** Mean canonical correlation: Σρ_i / min(rank_1, rank_2). Hotelling 1936; Raghu et al. 2017. */
export const ccaRhoMetric: SpectrumMetric = {
  id: "cca-rho",
  label: "CCA mean ρ",
  summary: "Mean canonical correlation between the column spaces of the two layers.",
  formula: "Σᵢ ρᵢ / min(r₁,r₂)",
  family: "shape",
  symmetric: true,
  sense: "similarity",
  range: [0, 1],
  variants: [],
  parameters: [],
  kernel: null,
  invariances: invariantUnder("translation", "scale", "rotation", "linear", "duplication"),
  cost: "pair",
  fewestSamples: () => 2,
  source: "Hotelling 1936; Kornblith et al. 2019",
  section: null,
  reads: "spectra",
  reading: () => ({ side: "samples", what: "values", scaling: unscaled }),
  evaluate: (found) => ({ value: found.reduce((sum, rho) => sum + rho, 0) / found.length }),
};
