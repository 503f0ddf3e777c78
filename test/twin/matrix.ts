import { type DoubleDouble, Sum } from "./double-double.ts";

/** An n×n matrix of double-doubles, row-major. */
export class Matrix {
  readonly n: number;
  readonly hi: Float64Array;
  readonly lo: Float64Array;

  constructor(n: number) {
    this.n = n;
    this.hi = new Float64Array(n * n);
    this.lo = new Float64Array(n * n);
  }

  at(i: number, j: number): DoubleDouble {
    const k = i * this.n + j;
    return { hi: this.hi[k] ?? NaN, lo: this.lo[k] ?? NaN };
  }

  set(i: number, j: number, value: DoubleDouble): void {
    const k = i * this.n + j;
    this.hi[k] = value.hi;
    this.lo[k] = value.lo;
  }

  /** The matrix whose entries are `entry(i, j)`, asked for i ≤ j and mirrored. */
  static symmetric(n: number, entry: (i: number, j: number) => DoubleDouble): Matrix {
    const result = new Matrix(n);
    for (let i = 0; i < n; i++) {
      for (let j = i; j < n; j++) {
        const value = entry(i, j);
        result.set(i, j, value);
        result.set(j, i, value);
      }
    }
    return result;
  }

  static fromNumbers(n: number, values: ArrayLike<number>): Matrix {
    const result = new Matrix(n);
    for (let k = 0; k < n * n; k++) result.hi[k] = values[k] ?? NaN;
    return result;
  }

  /** Entries rounded to double. */
  toNumbers(): Float64Array {
    return this.hi.map((hi, k) => hi + (this.lo[k] ?? NaN));
  }

  rowSum(i: number): DoubleDouble {
    const sum = new Sum();
    for (let k = i * this.n; k < (i + 1) * this.n; k++) sum.addPair(this.hi[k] ?? NaN, this.lo[k] ?? NaN);
    return sum.value();
  }

  total(): DoubleDouble {
    const sum = new Sum();
    for (let k = 0; k < this.hi.length; k++) sum.addPair(this.hi[k] ?? NaN, this.lo[k] ?? NaN);
    return sum.value();
  }

  zeroDiagonal(): Matrix {
    const result = new Matrix(this.n);
    result.hi.set(this.hi);
    result.lo.set(this.lo);
    for (let i = 0; i < this.n; i++) result.set(i, i, { hi: 0, lo: 0 });
    return result;
  }

  /** The Gram matrix of a subset of the samples. */
  select(rows: readonly number[]): Matrix {
    const result = new Matrix(rows.length);
    rows.forEach((from, i) => rows.forEach((column, j) => result.set(i, j, this.at(from, column))));
    return result;
  }
}

/** Frobenius inner product ⟨A, B⟩ = Σ_ij A_ij·B_ij. */
export function inner(a: Matrix, b: Matrix): DoubleDouble {
  const sum = new Sum();
  for (let k = 0; k < a.hi.length; k++) {
    sum.addProductOfPairs(a.hi[k] ?? NaN, a.lo[k] ?? NaN, b.hi[k] ?? NaN, b.lo[k] ?? NaN);
  }
  return sum.value();
}

/** The matrix product, for twins that follow a definition to the letter on small n. */
export function product(a: Matrix, b: Matrix): Matrix {
  const n = a.n;
  const result = new Matrix(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const sum = new Sum();
      for (let k = 0; k < n; k++) {
        const left = a.at(i, k);
        const right = b.at(k, j);
        sum.addProductOfPairs(left.hi, left.lo, right.hi, right.lo);
      }
      result.set(i, j, sum.value());
    }
  }
  return result;
}
