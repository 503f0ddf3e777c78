import { invariantUnder } from "../invariant-under.ts";
import type { SpectrumMetric } from "../metric.ts";
import { numberParameter } from "../parameter.ts";
import { leading } from "../scalings.ts";

/** Singular vector CCA: mean canonical correlation of the leading directions that hold a share of the variance. Raghu et al. 2017. */
export const svccaMetric: SpectrumMetric = {
  id: "svcca",
  label: "SVCCA",
  summary: "Mean canonical correlation after each layer is cut down to the directions that hold most of its variance.",
  formula: "Σᵢ ρᵢ / min(k₁,k₂) between the leading k singular directions, Σσ² ≥ share",
  family: "shape",
  symmetric: true,
  sense: "similarity",
  range: [0, 1],
  variants: [],
  parameters: [numberParameter("share", 0.99, { above: 0, max: 1 }, "share of the variance that is kept")],
  kernel: null,
  invariances: invariantUnder("translation", "scale", "rotation", "duplication"),
  cost: "pair",
  fewestSamples: () => 2,
  source: "Raghu et al. 2017",
  section: null,
  reads: "spectra",
  reading: ({ parameters }) => ({ side: "samples", what: "values", scaling: leading(parameters["share"] as number) }),
  evaluate: (found) => ({ value: found.reduce((sum, rho) => sum + rho, 0) / found.length }),
};
