/** Small dense matrices of doubles, any shape, for definitions that need more than entrywise sums. Stored as {@link Features} are. */
import { divide, dd, subtract, Sum, toNumber } from "./double-double.ts";
import { type Features, at, features, map } from "./features.ts";
import type { Matrix } from "./matrix.ts";

/** The entries of a matrix of double-doubles, rounded. */
export function rounded(matrix: Matrix): Features {
  return { data: matrix.toNumbers(), n: matrix.n, d: matrix.n };
}

export function identity(n: number): Features {
  return features(n, n, (i, j) => (i === j ? 1 : 0));
}

export function transpose(x: Features): Features {
  return features(x.d, x.n, (i, j) => at(x, j, i));
}

/** The columns in order, each as an array of its own. */
export function columnsOf(x: Features): Float64Array[] {
  return Array.from({ length: x.d }, (_, j) => Float64Array.from({ length: x.n }, (_row, i) => at(x, i, j)));
}

/** Puts columns of `n` entries side by side. */
export function fromColumns(n: number, columns: readonly Float64Array[]): Features {
  return features(n, columns.length, (i, j) => columns[j]?.[i] ?? NaN);
}

export function dotProduct(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? NaN) * (b[i] ?? NaN);
  return sum;
}

/** A·Bᵀ, entry by entry an inner product of rows. */
export function timesTranspose(a: Features, b: Features): Features {
  const rows = (x: Features): Float64Array[] =>
    Array.from({ length: x.n }, (_, i) => x.data.subarray(i * x.d, (i + 1) * x.d));
  const left = rows(a);
  const right = rows(b);
  return features(a.n, b.n, (i, j) => dotProduct(left[i] ?? a.data, right[j] ?? b.data));
}

/** AᵀB. */
export function crossProduct(a: Features, b: Features): Features {
  return timesTranspose(transpose(a), transpose(b));
}

/** A·B. */
export function times(a: Features, b: Features): Features {
  return timesTranspose(a, transpose(b));
}

/** Frobenius inner product ⟨A, B⟩. */
export function frobenius(a: Features, b: Features): number {
  return dotProduct(a.data, b.data);
}

export function norm(a: Features): number {
  return Math.sqrt(frobenius(a, a));
}

export function trace(a: Features): number {
  let sum = 0;
  for (let i = 0; i < Math.min(a.n, a.d); i++) sum += at(a, i, i);
  return sum;
}

export function scaled(a: Features, factor: number): Features {
  return map(a, (value) => factor * value);
}

/** A + s·I. */
export function shifted(a: Features, s: number): Features {
  return map(a, (value, i, j) => (i === j ? value + s : value));
}

/** I − A. */
export function identityLess(a: Features): Features {
  return map(a, (value, i, j) => (i === j ? 1 : 0) - value);
}

/** Every column times a factor of its own. */
export function scaleColumns(a: Features, factors: ArrayLike<number>): Features {
  return map(a, (value, _i, j) => (factors[j] ?? NaN) * value);
}

/** The first `count` columns. */
export function leadingColumns(a: Features, count: number): Features {
  return features(a.n, count, (i, j) => at(a, i, j));
}

/** Means of the columns, rounded from 32 digits. */
export function columnMeans(x: Features): Float64Array {
  return Float64Array.from(columnsOf(x), (column) => {
    const sum = new Sum();
    for (const value of column) sum.add(value);
    return toNumber(divide(sum.value(), dd(x.n)));
  });
}

/** HX: every column less its mean, rounded once, so that an offset of 10⁴ costs no digit and adds no rank. */
export function centreColumns(x: Features): Features {
  const columns = columnsOf(x).map((column) => {
    const sum = new Sum();
    for (const value of column) sum.add(value);
    const mean = divide(sum.value(), dd(x.n));
    return column.map((value) => toNumber(subtract(dd(value), mean)));
  });
  return fromColumns(x.n, columns);
}
