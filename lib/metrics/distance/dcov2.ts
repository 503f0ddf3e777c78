import { invariantUnder } from "../invariant-under.ts";
import type { TableMetric } from "../metric.ts";

/** Squared distance covariance ⟨HD_1H, HD_2H⟩/n² of Euclidean distances. Székely, Rizzo and Bakirov 2007. */
export const dcov2Metric: TableMetric = {
  id: "dcov2",
  label: "dCov²",
  summary: "Squared distance covariance: 0 only for independent layers (in the limit), in the features' units.",
  formula: "⟨HD₁H,HD₂H⟩ / n²",
  family: "distance",
  symmetric: true,
  sense: "similarity",
  range: [0, null],
  variants: [],
  parameters: [],
  kernel: null,
  invariances: invariantUnder("translation", "rotation"),
  cost: "tiles",
  fewestSamples: () => 2,
  source: "Székely, Rizzo and Bakirov 2007; Sejdinovic et al. 2013",
  section: "3.2",
  reads: "operators",
  operators: () => [{ make: "distance" }],
  pairs: [[0, 0]],
  evaluate({ table }, [a], [b]) {
    return { value: (table!.centredInner(a!, b!).value / table!.samples ** 2) * table!.unit(a!, b!) };
  },
};
