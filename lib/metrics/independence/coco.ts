import { linear } from "../../kernels/linear.ts";
import { invariantUnder } from "../invariant-under.ts";
import type { SpectrumMetric } from "../metric.ts";
import { byEigenvalue } from "../scalings.ts";

const perSample = byEigenvalue("1/n", ({ samples }) => 1 / samples);

/** Constrained covariance: the largest singular value of the centred cross-covariance operator. Gretton et al. 2005. */
export const cocoMetric: SpectrumMetric = {
  id: "coco",
  label: "COCO",
  summary: "Constrained covariance: the largest covariance between a function of one layer and one of the other.",
  formula: "(1/n)·√λ_max(HK₁H·HK₂H)",
  family: "independence",
  symmetric: true,
  sense: "similarity",
  range: [0, null],
  variants: [],
  parameters: [],
  kernel: linear(),
  invariances: invariantUnder("translation", "rotation"),
  cost: "pair",
  fewestSamples: () => 2,
  source: "Gretton et al. 2005; Insulla, Huang and Rosasco 2025, section 3.3",
  section: "3.3",
  reads: "spectra",
  reading: () => ({ side: "samples", what: "largest", scaling: perSample }),
  evaluate: (found) => ({ value: found[0]! }),
};
