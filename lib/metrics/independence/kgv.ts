import { linear } from "../../kernels/linear.ts";
import { invariantUnder } from "../invariant-under.ts";
import type { SpectrumMetric } from "../metric.ts";
import { type Regularization, regularised } from "../scalings.ts";
import { kappaParameter, regularizationParameter } from "./kappa.ts";

/** Kernel generalised variance: −½ Σ log(1 − r_i²) over the regularised kernel canonical correlations. Bach and Jordan 2002. */
export const kgvMetric: SpectrumMetric = {
  id: "kgv",
  label: "KGV",
  summary: "Kernel generalised variance: the mutual information that regularised kernel correlations would carry.",
  formula: "−½·log det(I − R₁R₂), R = (HKH/n)(HKH/n + κI)⁻¹",
  family: "independence",
  symmetric: true,
  sense: "similarity",
  range: [0, null],
  variants: [],
  parameters: [kappaParameter, regularizationParameter],
  kernel: linear(),
  invariances: invariantUnder("translation", "rotation"),
  cost: "pair",
  fewestSamples: () => 2,
  source: "Bach and Jordan 2002; Insulla, Huang and Rosasco 2025, section 6.2",
  section: "6.2",
  reads: "spectra",
  reading: ({ parameters }) => ({
    side: "samples",
    what: "logdet",
    scaling: regularised(parameters["kappa"] as number, parameters["regularization"] as Regularization),
  }),
  evaluate: (found) =>
    found[0] === Infinity
      ? { reason: "a regularised correlation is 1 to rounding: κ is too small for this precision" }
      : { value: found[0]! },
};
