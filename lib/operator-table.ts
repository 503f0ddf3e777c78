/** The n-vectors of an operator that moments are taken of: off-diagonal row sums of T, its diagonal, its offsets. */
export const line = { rows: 0, diagonal: 1, offset: 2 } as const;
export type Line = (typeof line)[keyof typeof line];

/** The sums that all estimators are made of. Operators are named by their index, and K = scale·(T + a·1ᵀ + 1·aᵀ + c). */
export interface OperatorSums {
  readonly samples: number;
  scale(a: number): number;
  /** c. */
  constant(a: number): number;
  /** The sum of a line. */
  total(of: Line, a: number): number;
  /** The inner product of two lines. */
  moment(ofA: Line, a: number, ofB: Line, b: number): number;
  /** Σ_{i≠j} T_a[i,j]·T_b[i,j]. */
  inner(a: number, b: number): number;
}

/** A sum, and the size of what it was summed from: how far rounding may reach. */
export interface Sum {
  readonly value: number;
  readonly magnitude: number;
}

/**
 * Inner products of operators K = scale·(T + a·1ᵀ + 1·aᵀ + c), read off the sums of their conditioned parts T. Every number here is in
 * units of scale(a)·scale(b); operators are named by their index.
 */
export class OperatorTable {
  readonly samples: number;
  readonly sums: OperatorSums;

  constructor(sums: OperatorSums) {
    this.sums = sums;
    this.samples = sums.samples;
  }

  /** The factor that turns these numbers into those of the kernels as the user defined them. */
  unit(a: number, b: number): number {
    return this.sums.scale(a) * this.sums.scale(b);
  }

  /** The factor of one operator. */
  scale(a: number): number {
    return this.sums.scale(a);
  }

  /** ⟨K_a, K_b⟩ = Σ_ij K_a[i,j]·K_b[i,j], nothing centred. */
  inner(a: number, b: number): number {
    return this.offDiagonalInner(a, b) + this.diagonalInner(a, b);
  }

  /** Σ K_a[i,j]·K_b[i,j] over i ≠ j. */
  offDiagonalInner(a: number, b: number): number {
    const n = this.samples;
    const { sums } = this;
    const { rows, offset } = line;
    const c = sums.constant(a);
    const e = sums.constant(b);
    const sumA = sums.total(offset, a);
    const sumB = sums.total(offset, b);
    const ab = sums.moment(offset, a, offset, b);
    // (T + a_i + a_j + c)(S + b_i + b_j + e), the sums over i ≠ j taken apart.
    const cross =
      2 * (sums.moment(rows, a, offset, b) + sums.moment(offset, a, rows, b)) +
      (e * sums.total(rows, a) + c * sums.total(rows, b));
    const offsets = 2 * (n - 2) * ab + 2 * sumA * sumB + 2 * (n - 1) * (e * sumA + c * sumB) + n * (n - 1) * (c * e);
    return sums.inner(a, b) + cross + offsets;
  }

  /** Σ_i K_a[i,i]·K_b[i,i], with K_ii = t_i + 2a_i + c. */
  diagonalInner(a: number, b: number): number {
    const { sums } = this;
    const { diagonal, offset } = line;
    const c = sums.constant(a);
    const e = sums.constant(b);
    return (
      sums.moment(diagonal, a, diagonal, b) +
      2 * (sums.moment(diagonal, a, offset, b) + sums.moment(offset, a, diagonal, b)) +
      (e * sums.total(diagonal, a) + c * sums.total(diagonal, b)) +
      4 * sums.moment(offset, a, offset, b) +
      2 * (e * sums.total(offset, a) + c * sums.total(offset, b)) +
      this.samples * (c * e)
    );
  }

  /** ⟨HK_aH, HK_bH⟩: centring annihilates the offsets, so only the conditioned parts take part. */
  centredInner(a: number, b: number): Sum {
    const n = this.samples;
    const { sums } = this;
    const { rows, diagonal } = line;
    const tt = sums.moment(diagonal, a, diagonal, b);
    const full = sums.inner(a, b) + tt;
    const lines =
      sums.moment(rows, a, rows, b) + (sums.moment(rows, a, diagonal, b) + sums.moment(diagonal, a, rows, b)) + tt;
    const all = (sums.total(rows, a) + sums.total(diagonal, a)) * (sums.total(rows, b) + sums.total(diagonal, b));
    return {
      value: full - (2 / n) * lines + all / n ** 2,
      magnitude: Math.abs(full) + (2 / n) * Math.abs(lines) + Math.abs(all) / n ** 2,
    };
  }

  /**
   * ⟨I − P, K_b⟩ of an operator P with P·1 = 1 + n·scale·a for its offsets a, in units of scale(b). Offsets and constant of K_b
   * meet what P leaves of the ones and nothing else, so nothing is lost where they are large and the ones all but explained.
   */
  unexplained(p: number, b: number): Sum {
    const n = this.samples;
    const { sums } = this;
    const { rows, diagonal, offset } = line;
    const size = sums.scale(p);
    const trace = sums.total(diagonal, b);
    const kept = size * (sums.inner(p, b) + sums.moment(diagonal, p, diagonal, b));
    // Rows of T_b sum to 0, but for the rounding of the mean.
    const stray =
      size *
      (2 * (sums.moment(offset, p, rows, b) + sums.moment(offset, p, diagonal, b)) +
        sums.constant(p) * (sums.total(rows, b) + sums.total(diagonal, b)));
    const mixed = 2 * n * size * sums.moment(offset, p, offset, b);
    const constant = n * size * sums.constant(b) * sums.total(offset, p);
    return {
      value: trace - kept - stray - mixed - constant,
      // What is left has the rounding of both layers' features where they are, not where they are centred.
      magnitude: Math.abs(this.trace(b)) + Math.abs(kept) + Math.abs(mixed) + Math.abs(constant),
    };
  }

  /** n(n−3) times the unbiased HSIC of Song et al. 2012. n ≥ 4. */
  debiasedInner(a: number, b: number): Sum {
    const n = this.samples;
    const { sums } = this;
    const full = sums.inner(a, b);
    const all = (sums.total(line.rows, a) * sums.total(line.rows, b)) / ((n - 1) * (n - 2));
    const lines = (2 * sums.moment(line.rows, a, line.rows, b)) / (n - 2);
    return { value: full + all - lines, magnitude: Math.abs(full) + Math.abs(all) + Math.abs(lines) };
  }

  /** Σ_ij K_a[i,j], in units of scale(a). */
  total(a: number): number {
    const n = this.samples;
    const { sums } = this;
    const lines = sums.total(line.rows, a) + sums.total(line.diagonal, a) + 2 * n * sums.total(line.offset, a);
    return lines + n ** 2 * sums.constant(a);
  }

  /** tr K_a = Σ_i K_a[i,i], in units of scale(a). */
  trace(a: number): number {
    const { sums } = this;
    return sums.total(line.diagonal, a) + 2 * sums.total(line.offset, a) + this.samples * sums.constant(a);
  }

  /** tr HK_aH, in units of scale(a). */
  centredTrace(a: number): number {
    const diagonal = this.sums.total(line.diagonal, a);
    return diagonal - (this.sums.total(line.rows, a) + diagonal) / this.samples;
  }

  /** Σ d²_a(i,j) over all i, j, with d² = K_ii + K_jj − 2K_ij = t_i + t_j − 2T_ij: the offsets cancel. In units of scale(a). */
  squaredDistanceSum(a: number): number {
    const { sums } = this;
    return 2 * ((this.samples - 1) * sums.total(line.diagonal, a) - sums.total(line.rows, a));
  }

  /** Σ d²_a(i,j)·d²_b(i,j) over all i, j. */
  squaredDistances(a: number, b: number): number {
    const { sums } = this;
    const { rows, diagonal } = line;
    const diagonals =
      2 *
      ((this.samples - 2) * sums.moment(diagonal, a, diagonal, b) + sums.total(diagonal, a) * sums.total(diagonal, b));
    const mixed = 4 * (sums.moment(diagonal, a, rows, b) + sums.moment(rows, a, diagonal, b));
    return 4 * sums.inner(a, b) - mixed + diagonals;
  }
}
