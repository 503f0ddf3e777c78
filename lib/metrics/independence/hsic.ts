import { linear } from "../../kernels/linear.ts";
import { invariantUnder } from "../invariant-under.ts";
import type { TableMetric } from "../metric.ts";

/**
 * Hilbert–Schmidt independence criterion: ⟨HK_1H, HK_2H⟩/(n−1)² (Gretton et al. 2005; or /n², as Insulla et al. 2025 have it), or
 * its unbiased estimate (Song et al. 2012), which may be negative and is not clamped.
 */
export const hsicMetric: TableMetric = {
  id: "hsic",
  label: "HSIC",
  summary:
    "Hilbert–Schmidt independence criterion: how far the two layers are from independent, in the kernels' units.",
  formula: "⟨HK₁H,HK₂H⟩ / (n−1)²",
  family: "independence",
  symmetric: true,
  sense: "similarity",
  range: [0, null],
  variants: ["biased", "debiased", "minibatch"],
  parameters: [],
  kernel: linear(),
  invariances: invariantUnder("translation", "rotation"),
  cost: "tiles",
  fewestSamples: ({ variant }) => (variant === "biased" ? 2 : 4),
  source: "Gretton et al. 2005; Song et al. 2012",
  section: "3.3",
  reads: "operators",
  operators: (_, kernel) => [{ make: "kernel", kernel }],
  pairs: [[0, 0]],
  evaluate({ table, batches, normalization }, [a], [b], { variant }) {
    if (variant === "minibatch") {
      const unit = batches!.unit(a!, b!);
      return { value: batches!.hsic(a!, b!) * unit, error: batches!.hsicError(a!, b!) * unit };
    }
    const n = table!.samples;
    const unit = table!.unit(a!, b!);
    if (variant === "debiased") return { value: (table!.debiasedInner(a!, b!).value / (n * (n - 3))) * unit };
    const pairs = normalization === "n" ? n ** 2 : (n - 1) ** 2;
    return { value: (table!.centredInner(a!, b!).value / pairs) * unit };
  },
};
