import { invariantUnder } from "../invariant-under.ts";
import type { SpectrumMetric } from "../metric.ts";
import { numberParameter } from "../parameter.ts";
import { regularised, unscaled } from "../scalings.ts";

/** Mutual information of two layers that are jointly Gaussian: −½ Σ log(1−ρ_i²) over the canonical correlations. */
export const gaussianMiMetric: SpectrumMetric = {
  id: "gaussian-mi",
  label: "Gaussian MI",
  summary:
    "Mutual information (nats) of Gaussian layers with these covariances; infinite where one determines part of the other.",
  formula: "−½·Σᵢ log(1 − ρᵢ²)",
  family: "measures",
  symmetric: true,
  sense: "similarity",
  range: [0, null],
  variants: [],
  parameters: [numberParameter("kappa", 0, { min: 0 }, "ridge κ on the covariances: 0 for none")],
  kernel: null,
  invariances: invariantUnder("translation", "scale", "rotation", "linear", "duplication"),
  cost: "pair",
  fewestSamples: () => 2,
  source: "Cover and Thomas 2006, chapter 8; Insulla, Huang and Rosasco 2025, section 3.4",
  section: "3.4",
  reads: "spectra",
  reading: ({ parameters }) => {
    const kappa = parameters["kappa"] as number;
    return {
      side: "samples",
      what: "logdet",
      scaling: kappa > 0 ? regularised(kappa, "fukumizu") : unscaled,
      exact: true,
    };
  },
  evaluate: (found, _, __, { parameters }) => {
    if (found[0] !== Infinity) return { value: found[0]! };
    // A ridge keeps every correlation below 1, so what looks like 1 is finite, only nobody knows how large.
    return parameters["kappa"] === 0
      ? { value: Infinity, reason: "a canonical correlation is 1: part of one layer is a linear function of the other" }
      : { reason: "a regularised correlation is 1 to rounding: κ is too small for this precision" };
  },
};
