import { invariantUnder } from "../invariant-under.ts";
import type { SpectrumMetric } from "../metric.ts";
import { unscaled } from "../scalings.ts";

/**
 * Projection-weighted CCA: Σα_iρ_i/Σα_i with α_i = Σ_j |⟨h_i, x_j⟩|, h_i the canonical variates of the first layer and x_j its centred
 * features. The weights are those of the min(rank_1, rank_2) variates that have a partner. Morcos, Raghu and Bengio 2018.
 */
export const pwccaMetric: SpectrumMetric = {
  id: "pwcca",
  label: "PWCCA",
  summary:
    "Canonical correlations weighted by how much of the first layer each of its canonical variates accounts for.",
  formula: "Σ αᵢρᵢ / Σ αᵢ, αᵢ = Σⱼ |⟨hᵢ,xⱼ⟩| over the partnered variates hᵢ of the first layer",
  family: "shape",
  symmetric: false,
  sense: "similarity",
  range: [0, 1],
  variants: ["forward", "backward"],
  parameters: [],
  kernel: null,
  invariances: invariantUnder("translation", "scale", "duplication"),
  cost: "pair",
  fewestSamples: () => 2,
  source: "Morcos, Raghu and Bengio 2018",
  section: null,
  reads: "spectra",
  reading: () => ({ side: "samples", what: "weighted", scaling: unscaled }),
  evaluate: (found) => ({ value: found[0]! }),
};
