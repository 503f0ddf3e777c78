import type { Metric } from "./metric.ts";
import { normalised } from "./normalised.ts";

/**
 * Centred kernel alignment: HSIC_12 / √(HSIC_11·HSIC_22), with the biased, the debiased or the batch-averaged debiased HSIC.
 * Insulla et al. 2025, section 3.3; Kornblith et al. 2019; Song et al. 2012; Nguyen, Raghu and Kornblith 2021.
 */
export const ckaMetric: Metric = {
  id: "cka",
  label: "CKA",
  summary: "Centred kernel alignment: do the two layers find the same pairs of samples alike?",
  symmetric: true,
  range: [0, 1],
  estimators: ["biased", "debiased", "minibatch"],
  fewestSamples: (estimator) => (estimator === "biased" ? 2 : 4),
  source: "Insulla, Huang and Rosasco 2025, section 3.3; Kornblith et al. 2019",
  evaluate({ table, batches, rounding }, a, b, estimator) {
    if (estimator === "minibatch") {
      const self = (x: number): { value: number; magnitude: number } => {
        const value = batches!.hsic(x, x);
        return { value, magnitude: Math.abs(value) };
      };
      return normalised(batches!.hsic(a, b), self(a), self(b), rounding, "the minibatch HSIC");
    }
    if (estimator === "debiased") {
      const cross = table!.debiasedInner(a, b).value;
      return normalised(cross, table!.debiasedInner(a, a), table!.debiasedInner(b, b), rounding, "the debiased HSIC");
    }
    const cross = table!.centredInner(a, b).value;
    return normalised(cross, table!.centredInner(a, a), table!.centredInner(b, b), rounding, "the HSIC");
  },
};
