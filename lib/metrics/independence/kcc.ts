import { linear } from "../../kernels/linear.ts";
import { invariantUnder } from "../invariant-under.ts";
import type { SpectrumMetric } from "../metric.ts";
import { type Regularization, regularised } from "../scalings.ts";
import { kappaParameter, regularizationParameter } from "./kappa.ts";

/**
 * Kernel canonical correlation: the largest singular value of (Σ_11+κI)^(−1/2) Σ_12 (Σ_22+κI)^(−1/2), centred. Fukumizu, Bach and
 * Gretton 2007; `regularization: "bach-jordan"` as Bach and Jordan 2002 compute it.
 */
export const kccMetric: SpectrumMetric = {
  id: "kcc",
  label: "KCC",
  summary: "Kernel canonical correlation: the largest regularised correlation between functions of the two layers.",
  formula: "√λ_max(R₁R₂), R = (HKH/n)(HKH/n + κI)⁻¹",
  family: "independence",
  symmetric: true,
  sense: "similarity",
  range: [0, 1],
  variants: [],
  parameters: [kappaParameter, regularizationParameter],
  kernel: linear(),
  invariances: invariantUnder("translation", "rotation"),
  cost: "pair",
  fewestSamples: () => 2,
  source: "Fukumizu, Bach and Gretton 2007; Bach and Jordan 2002; Insulla, Huang and Rosasco 2025, section 3.3",
  section: "3.3",
  reads: "spectra",
  reading: ({ parameters }) => ({
    side: "samples",
    what: "largest",
    scaling: regularised(parameters["kappa"] as number, parameters["regularization"] as Regularization),
  }),
  evaluate: (found) => ({ value: found[0]! }),
};
