import { linear } from "../../kernels/linear.ts";
import { invariantUnder } from "../invariant-under.ts";
import type { TableMetric } from "../metric.ts";
import { kappaParameter } from "./kappa.ts";

/** Normalised cross-covariance: ⟨R_1,R_2⟩ of the regularised hat matrices. Fukumizu et al. 2007. */
export const noccoMetric: TableMetric = {
  id: "nocco",
  label: "NOCCO",
  summary: "Normalised cross-covariance: the sum of all squared regularised correlations between the two layers.",
  formula: "⟨R₁,R₂⟩, R = (HKH/n)(HKH/n + κI)⁻¹",
  family: "independence",
  symmetric: true,
  sense: "similarity",
  range: [0, null],
  variants: [],
  parameters: [kappaParameter],
  kernel: linear(),
  invariances: invariantUnder("translation", "rotation"),
  cost: "factor",
  fewestSamples: () => 2,
  source: "Fukumizu, Gretton, Sun and Schölkopf 2007; Insulla, Huang and Rosasco 2025, section 3.3",
  section: "3.3",
  reads: "operators",
  operators: ({ parameters }, kernel) => [{ make: "ridge", kernel, kappa: parameters["kappa"] as number }],
  pairs: [[0, 0]],
  evaluate: ({ table }, [a], [b]) => ({ value: table!.inner(a!, b!) * table!.unit(a!, b!) }),
};
