import type { OperatorTable } from "../../operator-table.ts";
import type { RsaDistance } from "./rsa-distance.ts";

/** Sums over the off-diagonal entries of two distance matrices, up to a positive factor for each of them. */
export interface RsaMoments {
  /** Σ d_a·d_b over i ≠ j. */
  readonly product: (a: number, b: number) => number;
  /** Σ d_a over i ≠ j. */
  readonly sum: (a: number) => number;
  /** How many entries: n(n−1). */
  readonly entries: number;
}

/** The sums for a distance, from the operators that `rsaOperator` names. */
export function rsaMoments(table: OperatorTable, distance: RsaDistance): RsaMoments {
  const entries = table.samples * (table.samples - 1);
  if (distance !== "euclidean") {
    return {
      product: (a, b) => table.squaredDistances(a, b),
      sum: (a) => table.squaredDistanceSum(a),
      entries,
    };
  }
  // −d is 0 on the diagonal, so all entries are those off it.
  return { product: (a, b) => table.inner(a, b), sum: (a) => -table.total(a), entries };
}
