import { invariantUnder } from "../invariant-under.ts";
import type { TableMetric } from "../metric.ts";
import { type RsaDistance, rsaDistanceParameter, rsaOperator } from "./rsa-distance.ts";
import { rsaMoments } from "./rsa-moments.ts";

/** A variance smaller than this many rounding errors of the mean's square counts as none. */
const roundings = 8;

/**
 * Representational similarity analysis: Pearson's correlation between the strict upper triangles of two distance matrices.
 * Kriegeskorte, Mur and Bandettini 2008.
 */
export const rsaPearsonMetric: TableMetric = {
  id: "rsa-pearson",
  label: "RSA (Pearson)",
  summary: "Representational similarity analysis: correlation between the two layers' distances between samples.",
  formula: "corr(d₁(i,j), d₂(i,j)) over i < j",
  family: "distance",
  symmetric: true,
  sense: "similarity",
  range: [-1, 1],
  variants: [],
  parameters: [rsaDistanceParameter],
  kernel: null,
  invariances: invariantUnder("translation", "scale", "rotation", "duplication"),
  cost: "tiles",
  fewestSamples: () => 3,
  source: "Kriegeskorte, Mur and Bandettini 2008; Insulla, Huang and Rosasco 2025, section 3.2",
  section: "3.2",
  reads: "operators",
  operators: ({ parameters }) => [rsaOperator(parameters["distance"] as RsaDistance)],
  pairs: [[0, 0]],
  evaluate({ table, rounding }, [a], [b], { parameters }) {
    const { product, sum, entries } = rsaMoments(table!, parameters["distance"] as RsaDistance);
    const covariance = (x: number, y: number): number => product(x, y) - (sum(x) * sum(y)) / entries;
    const [varianceA, varianceB] = [covariance(a!, a!), covariance(b!, b!)];
    for (const [variance, x, side] of [
      [varianceA, a!, "row"],
      [varianceB, b!, "column"],
    ] as const) {
      if (!(variance > roundings * rounding * product(x, x))) {
        return { reason: `all distances between the samples of the ${side} layer are equal` };
      }
    }
    return { value: covariance(a!, b!) / Math.sqrt(varianceA) / Math.sqrt(varianceB) };
  },
};
