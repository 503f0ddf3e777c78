/** Singular values and eigenvalues by plane rotations (Hestenes 1958; Jacobi 1846): slow, and as accurate as the entries are. */
import { columnsOf, dotProduct, fromColumns, identity, transpose } from "./dense.ts";
import { type Features, at } from "./features.ts";

export interface Svd {
  /** n×c, c = min(n, d); columns beyond the rank are zeros. */
  readonly u: Features;
  /** c singular values, falling. */
  readonly values: Float64Array;
  /** d×c. */
  readonly v: Features;
}

export interface Eigen {
  /** Falling. */
  readonly values: Float64Array;
  /** Unit eigenvectors, as columns in the same order. */
  readonly vectors: Features;
}

const sweeps = 60;

/** (a, b) becomes (c·a − s·b, s·a + c·b). */
function rotate(a: Float64Array, b: Float64Array, c: number, s: number): void {
  for (let i = 0; i < a.length; i++) {
    const x = a[i] ?? NaN;
    const y = b[i] ?? NaN;
    a[i] = c * x - s * y;
    b[i] = s * x + c * y;
  }
}

/** Cosine and sine of the smaller angle that makes [[p, r], [r, q]] diagonal. */
function angle(p: number, q: number, r: number): [number, number] {
  const zeta = (q - p) / (2 * r);
  const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
  const c = 1 / Math.sqrt(1 + t * t);
  return [c, c * t];
}

/** One-sided Jacobi: turns the columns of a tall matrix until they are orthogonal; their norms are the singular values. */
function tallSvd(x: Features): Svd {
  const columns = columnsOf(x);
  const turns = columnsOf(identity(x.d));
  // Columns below this are rounding errors of the others: no rank tolerance keeps them, and they need not be orthogonal.
  const dust = Number.EPSILON * Math.max(...columns.map((column) => Math.sqrt(dotProduct(column, column))), 0);
  const tolerance = Number.EPSILON * Math.sqrt(x.n);
  for (let sweep = 0, turned = true; turned; sweep++) {
    if (sweep === sweeps) throw new Error(`no singular values after ${sweeps} sweeps`);
    turned = false;
    for (let i = 0; i < x.d; i++) {
      for (let j = i + 1; j < x.d; j++) {
        const a = columns[i] ?? x.data;
        const b = columns[j] ?? x.data;
        const p = dotProduct(a, a);
        const q = dotProduct(b, b);
        if (!(Math.sqrt(Math.min(p, q)) > dust)) continue;
        const r = dotProduct(a, b);
        if (Math.abs(r) <= tolerance * Math.sqrt(p) * Math.sqrt(q)) continue;
        turned = true;
        const [c, s] = angle(p, q, r);
        rotate(a, b, c, s);
        rotate(turns[i] ?? x.data, turns[j] ?? x.data, c, s);
      }
    }
  }
  const norms = columns.map((column) => Math.sqrt(dotProduct(column, column)));
  const order = norms.map((_, j) => j).sort((a, b) => (norms[b] ?? NaN) - (norms[a] ?? NaN));
  const pick = (from: readonly Float64Array[]): Float64Array[] => order.map((j) => from[j] ?? x.data);
  const units = columns.map((column, j) => {
    const length = norms[j] ?? NaN;
    return column.map((value) => (length > dust ? value / length : 0));
  });
  return {
    u: fromColumns(x.n, pick(units)),
    values: Float64Array.from(order, (j) => norms[j] ?? NaN),
    v: fromColumns(x.d, pick(turns)),
  };
}

/** X = U·diag(values)·Vᵀ. */
export function svd(x: Features): Svd {
  if (x.n >= x.d) return tallSvd(x);
  const { u, values, v } = tallSvd(transpose(x));
  return { u: v, values, v: u };
}

/** Two-sided cyclic Jacobi: A = vectors·diag(values)·vectorsᵀ for a symmetric A. */
export function eigen(a: Features): Eigen {
  const n = a.n;
  // Symmetrised: an entry and its mirror may differ in the last digit.
  const rows = Array.from({ length: n }, (_, i) =>
    Float64Array.from({ length: n }, (_column, j) => (at(a, i, j) + at(a, j, i)) / 2),
  );
  const vectors = columnsOf(identity(n));
  const size = Math.sqrt(rows.reduce((sum, row) => sum + dotProduct(row, row), 0));
  const tolerance = (Number.EPSILON * size) / n;
  const entry = (i: number, j: number): number => rows[i]?.[j] ?? NaN;
  for (let sweep = 0, turned = size > 0; turned; sweep++) {
    if (sweep === sweeps) throw new Error(`no eigenvalues after ${sweeps} sweeps`);
    turned = false;
    for (let i = 0; i < n; i++) {
      for (let j = i + 1; j < n; j++) {
        const r = entry(i, j);
        if (Math.abs(r) <= tolerance) continue;
        turned = true;
        const [c, s] = angle(entry(i, i), entry(j, j), r);
        const left = rows[i] ?? a.data;
        const right = rows[j] ?? a.data;
        rotate(left, right, c, s);
        for (const row of rows) {
          const x = row[i] ?? NaN;
          const y = row[j] ?? NaN;
          row[i] = c * x - s * y;
          row[j] = s * x + c * y;
        }
        // What the rotation was chosen for, and what rounding would leave as dust.
        left[j] = 0;
        right[i] = 0;
        rotate(vectors[i] ?? a.data, vectors[j] ?? a.data, c, s);
      }
    }
  }
  const order = rows.map((_, i) => i).sort((i, j) => entry(j, j) - entry(i, i));
  return {
    values: Float64Array.from(order, (i) => entry(i, i)),
    vectors: fromColumns(
      n,
      order.map((i) => vectors[i] ?? a.data),
    ),
  };
}

/** f(A) = vectors·diag(f(values))·vectorsᵀ of a symmetric A. */
export function symmetricFunction(a: Features, f: (eigenvalue: number) => number): Features {
  const { values, vectors } = eigen(a);
  const turned = columnsOf(vectors);
  const result = new Float64Array(a.n * a.n);
  turned.forEach((vector, k) => {
    const weight = f(values[k] ?? NaN);
    if (weight === 0) return;
    for (let i = 0; i < a.n; i++) {
      const factor = weight * (vector[i] ?? NaN);
      for (let j = 0; j < a.n; j++) result[i * a.n + j] = (result[i * a.n + j] ?? NaN) + factor * (vector[j] ?? NaN);
    }
  });
  return { data: result, n: a.n, d: a.n };
}

/** A^½ of a positive semidefinite A; eigenvalues that rounding made negative count as 0. */
export function squareRootOf(a: Features): Features {
  return symmetricFunction(a, (value) => Math.sqrt(Math.max(value, 0)));
}

/** Sum of the singular values. */
export function nuclearNorm(x: Features): number {
  return svd(x).values.reduce((sum, value) => sum + value, 0);
}
