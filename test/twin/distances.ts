/** Distances between the rows of a representation, from their definitions, with 32 digits until the last step. */
import { type DoubleDouble, dd, divide, multiply, squareRoot, subtract, Sum, toNumber } from "./double-double.ts";
import { type Features, at } from "./features.ts";
import { squaredDistance } from "./gram.ts";
import { Matrix } from "./matrix.ts";

export type DistanceKind = "squared" | "euclidean" | "correlation" | "cosine";

/** Below this an angular distance is what 32 digits leave of 0: parallel rows all have the same distance. */
const parallel = 1e-28;

/** 1 − ⟨u, v⟩/(‖u‖‖v‖) of rows, each less its own mean where `centred`. */
function angular(x: Features, centred: boolean): (i: number, j: number) => DoubleDouble {
  const rows = Array.from({ length: x.n }, (_, i) => {
    const sum = new Sum();
    for (let k = 0; k < x.d; k++) sum.add(at(x, i, k));
    const mean = centred ? divide(sum.value(), dd(x.d)) : dd(0);
    return Array.from({ length: x.d }, (_column, k) => subtract(dd(at(x, i, k)), mean));
  });
  const dot = (i: number, j: number): DoubleDouble => {
    const sum = new Sum();
    const other = rows[j] ?? [];
    rows[i]?.forEach(({ hi, lo }, k) => {
      const { hi: otherHi, lo: otherLo } = other[k] ?? dd(NaN);
      sum.addProductOfPairs(hi, lo, otherHi, otherLo);
    });
    return sum.value();
  };
  const norms = rows.map((_, i) => squareRoot(dot(i, i)));
  return (i, j) => {
    const value = subtract(dd(1), divide(dot(i, j), multiply(norms[i] ?? dd(NaN), norms[j] ?? dd(NaN))));
    return Math.abs(value.hi) < parallel ? dd(0) : value;
  };
}

function distance(x: Features, kind: DistanceKind): (i: number, j: number) => DoubleDouble {
  switch (kind) {
    case "squared":
      return (i, j) => squaredDistance(x, i, j);
    case "euclidean":
      return (i, j) => squareRoot(squaredDistance(x, i, j));
    case "correlation":
      return angular(x, true);
    case "cosine":
      return angular(x, false);
  }
}

/** The n×n matrix, with zeros on the diagonal. */
export function distanceMatrix(x: Features, kind: DistanceKind): Matrix {
  const of = distance(x, kind);
  return Matrix.symmetric(x.n, (i, j) => (i === j ? dd(0) : of(i, j)));
}

/** The strict upper triangle, row by row. */
export function condensedDistances(x: Features, kind: DistanceKind): Float64Array {
  const of = distance(x, kind);
  const result = new Float64Array((x.n * (x.n - 1)) / 2);
  let k = 0;
  for (let i = 0; i < x.n; i++) for (let j = i + 1; j < x.n; j++) result[k++] = toNumber(of(i, j));
  return result;
}
