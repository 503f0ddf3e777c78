import { invariantUnder } from "../invariant-under.ts";
import type { TableMetric } from "../metric.ts";
import { type RsaDistance, rsaDistanceParameter, rsaOperator } from "./rsa-distance.ts";
import { rsaMoments } from "./rsa-moments.ts";

/** Representational similarity analysis: the cosine between the strict upper triangles of two distance matrices. */
export const rsaCosineMetric: TableMetric = {
  id: "rsa-cosine",
  label: "RSA (cosine)",
  summary: "Representational similarity analysis: the cosine between the two layers' distances between samples.",
  formula: "Σ d₁d₂ / √(Σd₁²·Σd₂²) over i < j",
  family: "distance",
  symmetric: true,
  sense: "similarity",
  range: [0, 1],
  variants: [],
  parameters: [rsaDistanceParameter],
  kernel: null,
  invariances: invariantUnder("translation", "scale", "rotation", "duplication"),
  cost: "tiles",
  fewestSamples: () => 2,
  source: "Kriegeskorte, Mur and Bandettini 2008; Walther et al. 2016",
  section: "3.2",
  reads: "operators",
  operators: ({ parameters }) => [rsaOperator(parameters["distance"] as RsaDistance)],
  pairs: [[0, 0]],
  evaluate({ table }, [a], [b], { parameters }) {
    const { product } = rsaMoments(table!, parameters["distance"] as RsaDistance);
    const [selfA, selfB] = [product(a!, a!), product(b!, b!)];
    if (!(selfA > 0)) return { reason: "all rows of the row layer are alike" };
    if (!(selfB > 0)) return { reason: "all rows of the column layer are alike" };
    return { value: product(a!, b!) / Math.sqrt(selfA) / Math.sqrt(selfB) };
  },
};
