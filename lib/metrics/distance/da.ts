import { cosine } from "../../kernels/cosine.ts";
import { invariantUnder } from "../invariant-under.ts";
import type { TableMetric } from "../metric.ts";

/**
 * Distance alignment: the mean squared difference between the two layers' squared distances, each layer's distance being the one in its
 * kernel's feature space, d²(i,j) = K_ii + K_jj − 2K_ij. Insulla et al. 2025, section 3.2. For the cosine kernel d² = 2(1−K).
 */
export const daMetric: TableMetric = {
  id: "da",
  label: "DA",
  summary: "Distance alignment: by how much the two layers' squared distances between samples differ.",
  formula: "(1/n²)·Σᵢⱼ (d₁²(i,j) − d₂²(i,j))², d²(i,j) = K(i,i) + K(j,j) − 2K(i,j)",
  family: "distance",
  symmetric: true,
  sense: "distance",
  range: [0, null],
  variants: [],
  parameters: [],
  kernel: cosine(),
  invariances: invariantUnder("scale", "rotation", "duplication"),
  cost: "tiles",
  fewestSamples: () => 1,
  source: "Insulla, Huang and Rosasco 2025, section 3.2",
  section: "3.2",
  reads: "operators",
  operators: (_, kernel) => [{ make: "kernel", kernel }],
  pairs: [[0, 0]],
  evaluate({ table }, [a], [b]) {
    const product = (x: number, y: number): number => table!.squaredDistances(x, y) * table!.unit(x, y);
    const sum = product(a!, a!) + product(b!, b!) - 2 * product(a!, b!);
    // A sum of squares: what falls below 0 is rounding.
    return { value: Math.max(0, sum) / table!.samples ** 2 };
  },
};
