/** Inverse and log-determinant by elimination with row pivoting. */
import { identity } from "./dense.ts";
import { type Features, map } from "./features.ts";

interface Elimination {
  readonly inverse: Features;
  /** log |det|. */
  readonly logDeterminant: number;
  /** Sign of the determinant; 0 where a pivot is 0. */
  readonly sign: number;
}

function eliminate(a: Features): Elimination {
  const n = a.n;
  const rowsOf = (x: Features): Float64Array[] => Array.from({ length: n }, (_, i) => x.data.slice(i * n, (i + 1) * n));
  const left = rowsOf(a);
  const right = rowsOf(identity(n));
  let logSize = 0;
  let sign = 1;
  for (let column = 0; column < n; column++) {
    const size = (i: number): number => Math.abs(left[i]?.[column] ?? NaN);
    let best = column;
    for (let i = column + 1; i < n; i++) if (size(i) > size(best)) best = i;
    for (const side of [left, right]) [side[column], side[best]] = [side[best] ?? a.data, side[column] ?? a.data];
    if (best !== column) sign = -sign;
    const pivot = left[column]?.[column] ?? NaN;
    sign *= Math.sign(pivot);
    logSize += Math.log(Math.abs(pivot));
    for (const side of [left, right]) {
      const row = side[column] ?? a.data;
      for (let j = 0; j < n; j++) row[j] = (row[j] ?? NaN) / pivot;
    }
    for (let i = 0; i < n; i++) {
      const factor = left[i]?.[column] ?? NaN;
      if (i === column || factor === 0) continue;
      for (const side of [left, right]) {
        const row = side[i] ?? a.data;
        const from = side[column] ?? a.data;
        for (let j = 0; j < n; j++) row[j] = (row[j] ?? NaN) - factor * (from[j] ?? NaN);
      }
    }
  }
  return {
    inverse: map(identity(n), (_, i, j) => right[i]?.[j] ?? NaN),
    logDeterminant: logSize,
    sign,
  };
}

export function inverse(a: Features): Features {
  return eliminate(a).inverse;
}

/** log det A; NaN where the determinant is negative, −Infinity where it is 0. */
export function logDeterminant(a: Features): number {
  const result = eliminate(a);
  if (result.sign === 0 || Number.isNaN(result.sign)) return -Infinity;
  return result.sign > 0 ? result.logDeterminant : NaN;
}
