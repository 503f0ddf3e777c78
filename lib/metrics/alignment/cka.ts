import { linear } from "../../kernels/linear.ts";
import { invariantUnder } from "../invariant-under.ts";
import type { TableMetric } from "../metric.ts";
import { normalised } from "../normalised.ts";

/**
 * Centred kernel alignment: HSIC_12 / √(HSIC_11·HSIC_22), with the biased, the debiased or the batch-averaged debiased HSIC.
 * Insulla et al. 2025, section 3.3; Kornblith et al. 2019; Song et al. 2012; Nguyen, Raghu and Kornblith 2021.
 */
export const ckaMetric: TableMetric = {
  id: "cka",
  label: "CKA",
  summary: "Centred kernel alignment: do the two layers find the same pairs of samples alike?",
  formula: "⟨HK₁H,HK₂H⟩ / (‖HK₁H‖·‖HK₂H‖); debiased: with the unbiased estimates of the three HSICs",
  family: "alignment",
  symmetric: true,
  sense: "similarity",
  range: [0, 1],
  variants: ["biased", "debiased", "minibatch"],
  parameters: [],
  kernel: linear(),
  invariances: invariantUnder("translation", "scale", "rotation", "duplication"),
  cost: "tiles",
  fewestSamples: ({ variant }) => (variant === "biased" ? 2 : 4),
  source: "Insulla, Huang and Rosasco 2025, section 3.3; Kornblith et al. 2019; Song et al. 2012",
  section: "3.3",
  reads: "operators",
  operators: (_, kernel) => [{ make: "kernel", kernel }],
  pairs: [[0, 0]],
  evaluate({ table, batches, rounding }, [a], [b], { variant }) {
    if (variant === "minibatch") {
      const self = (x: number): { value: number; magnitude: number } => {
        const value = batches!.hsic(x, x);
        return { value, magnitude: Math.abs(value) };
      };
      return normalised(batches!.hsic(a!, b!), self(a!), self(b!), rounding, "the minibatch HSIC");
    }
    if (variant === "debiased") {
      const cross = table!.debiasedInner(a!, b!).value;
      const [selfA, selfB] = [table!.debiasedInner(a!, a!), table!.debiasedInner(b!, b!)];
      return normalised(cross, selfA, selfB, rounding, "the debiased HSIC");
    }
    const cross = table!.centredInner(a!, b!).value;
    return normalised(cross, table!.centredInner(a!, a!), table!.centredInner(b!, b!), rounding, "the HSIC");
  },
};
