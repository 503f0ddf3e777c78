import type { Metric } from "./metric.ts";

/**
 * Hilbert–Schmidt independence criterion: ⟨HK_1H, HK_2H⟩/(n−1)² (Gretton et al. 2005; or /n², as Insulla et al. 2025 have it), or
 * its unbiased estimate (Song et al. 2012), which may be negative and is not clamped.
 */
export const hsicMetric: Metric = {
  id: "hsic",
  label: "HSIC",
  summary:
    "Hilbert–Schmidt independence criterion: how far the two layers are from independent, in the kernels' units.",
  symmetric: true,
  range: [0, null],
  estimators: ["biased", "debiased", "minibatch"],
  fewestSamples: (estimator) => (estimator === "biased" ? 2 : 4),
  source: "Gretton et al. 2005; Song et al. 2012",
  evaluate({ table, batches, normalization }, a, b, estimator) {
    if (estimator === "minibatch") {
      const unit = batches!.unit(a, b);
      return { value: batches!.hsic(a, b) * unit, error: batches!.hsicError(a, b) * unit };
    }
    const n = table!.samples;
    const unit = table!.unit(a, b);
    if (estimator === "debiased") return { value: (table!.debiasedInner(a, b).value / (n * (n - 3))) * unit };
    const pairs = normalization === "n" ? n ** 2 : (n - 1) ** 2;
    return { value: (table!.centredInner(a, b).value / pairs) * unit };
  },
};
