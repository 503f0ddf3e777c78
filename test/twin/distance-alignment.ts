import { divide, dd, subtract, Sum, toNumber } from "./double-double.ts";
import type { Features } from "./features.ts";
import { distanceMatrix } from "./distances.ts";
import type { Matrix } from "./matrix.ts";

/** (1/n²)·Σ_ij (D_1[i,j] − D_2[i,j])² of two matrices of squared distances (Insulla, Huang & Rosasco 2025, section 3.2). */
export function distanceAlignmentOf(d1: Matrix, d2: Matrix): number {
  const sum = new Sum();
  for (let i = 0; i < d1.n; i++) {
    for (let j = 0; j < d1.n; j++) {
      const { hi, lo } = subtract(d1.at(i, j), d2.at(i, j));
      sum.addProductOfPairs(hi, lo, hi, lo);
    }
  }
  return toNumber(divide(sum.value(), dd(d1.n ** 2)));
}

/** DA of the squared Euclidean distances of the rows as they are. */
export function distanceAlignment(x: Features, y: Features): number {
  return distanceAlignmentOf(distanceMatrix(x, "squared"), distanceMatrix(y, "squared"));
}

/** DA of rows of unit norm, whose squared distances are 2(1 − cos). */
export function unitRowDistanceAlignment(x: Features, y: Features): number {
  return 4 * distanceAlignmentOf(distanceMatrix(x, "cosine"), distanceMatrix(y, "cosine"));
}
