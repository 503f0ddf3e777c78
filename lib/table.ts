import type { NativeEngineResult } from "./native.ts";

/** A sum, and the size of what it was summed from: how far rounding may reach. */
export interface Sum {
  readonly value: number;
  readonly magnitude: number;
}

/**
 * Inner products of operators K = scale·(T + a·1ᵀ + 1·aᵀ + c), read off what the engine found: off-diagonal inner products of the
 * conditioned parts T, and moments of their row sums r, diagonals t and offsets a. Every number here is in units of
 * scale(a)·scale(b); operators are named by their index.
 */
export class Table {
  readonly samples: number;
  readonly #operators: number;
  readonly #found: NativeEngineResult;

  constructor(found: NativeEngineResult, samples: number) {
    this.#found = found;
    this.#operators = found.operators;
    this.samples = samples;
  }

  /** The factor of one operator. */
  scale(a: number): number {
    return this.#found.scale[a]!;
  }

  /** The factor that turns these numbers into those of the kernels as the user defined them. */
  unit(a: number, b: number): number {
    return this.#found.scale[a]! * this.#found.scale[b]!;
  }

  #moment(lineA: number, lineB: number): number {
    return this.#found.moments[lineA * 3 * this.#operators + lineB]!;
  }

  #rows(a: number): number {
    return a;
  }
  #diagonal(a: number): number {
    return this.#operators + a;
  }
  #offset(a: number): number {
    return 2 * this.#operators + a;
  }

  /** ⟨K_a, K_b⟩ = Σ_ij K_a[i,j]·K_b[i,j], nothing centred. */
  inner(a: number, b: number): number {
    return this.offDiagonalInner(a, b) + this.diagonalInner(a, b);
  }

  /** Σ K_a[i,j]·K_b[i,j] over i ≠ j. */
  offDiagonalInner(a: number, b: number): number {
    const n = this.samples;
    const { inner, totals, constant } = this.#found;
    const c = constant[a]!;
    const e = constant[b]!;
    const sumA = totals[this.#offset(a)]!;
    const sumB = totals[this.#offset(b)]!;
    const ab = this.#moment(this.#offset(a), this.#offset(b));
    // (T + a_i + a_j + c)(S + b_i + b_j + e), the sums over i ≠ j taken apart.
    const cross =
      2 * (this.#moment(this.#rows(a), this.#offset(b)) + this.#moment(this.#offset(a), this.#rows(b))) +
      (e * totals[this.#rows(a)]! + c * totals[this.#rows(b)]!);
    const offsets = 2 * (n - 2) * ab + 2 * sumA * sumB + 2 * (n - 1) * (e * sumA + c * sumB) + n * (n - 1) * (c * e);
    return inner[a * this.#operators + b]! + cross + offsets;
  }

  /** Σ_i K_a[i,i]·K_b[i,i], with K_ii = t_i + 2a_i + c. */
  diagonalInner(a: number, b: number): number {
    const n = this.samples;
    const { totals, constant } = this.#found;
    const c = constant[a]!;
    const e = constant[b]!;
    return (
      this.#moment(this.#diagonal(a), this.#diagonal(b)) +
      2 * (this.#moment(this.#diagonal(a), this.#offset(b)) + this.#moment(this.#offset(a), this.#diagonal(b))) +
      (e * totals[this.#diagonal(a)]! + c * totals[this.#diagonal(b)]!) +
      4 * this.#moment(this.#offset(a), this.#offset(b)) +
      2 * (e * totals[this.#offset(a)]! + c * totals[this.#offset(b)]!) +
      n * (c * e)
    );
  }

  /** ⟨HK_aH, HK_bH⟩: centring annihilates the offsets, so only the conditioned parts take part. */
  centredInner(a: number, b: number): Sum {
    const n = this.samples;
    const { inner, totals } = this.#found;
    const tt = this.#moment(this.#diagonal(a), this.#diagonal(b));
    const full = inner[a * this.#operators + b]! + tt;
    const rows =
      this.#moment(this.#rows(a), this.#rows(b)) +
      (this.#moment(this.#rows(a), this.#diagonal(b)) + this.#moment(this.#diagonal(a), this.#rows(b))) +
      tt;
    const all =
      (totals[this.#rows(a)]! + totals[this.#diagonal(a)]!) * (totals[this.#rows(b)]! + totals[this.#diagonal(b)]!);
    return {
      value: full - (2 / n) * rows + all / n ** 2,
      magnitude: Math.abs(full) + (2 / n) * Math.abs(rows) + Math.abs(all) / n ** 2,
    };
  }

  /** Σ_ij K_a[i,j], in units of scale(a). */
  total(a: number): number {
    const n = this.samples;
    const { totals, constant } = this.#found;
    return (
      totals[this.#rows(a)]! + totals[this.#diagonal(a)]! + 2 * n * totals[this.#offset(a)]! + n ** 2 * constant[a]!
    );
  }

  /** tr K_a = Σ_i K_a[i,i], in units of scale(a). */
  trace(a: number): number {
    const { totals, constant } = this.#found;
    return totals[this.#diagonal(a)]! + 2 * totals[this.#offset(a)]! + this.samples * constant[a]!;
  }

  /** tr HK_aH, in units of scale(a). */
  centredTrace(a: number): number {
    const { totals } = this.#found;
    const diagonal = totals[this.#diagonal(a)]!;
    return diagonal - (totals[this.#rows(a)]! + diagonal) / this.samples;
  }

  /** Σ d²_a(i,j) over all i, j, with d² = K_ii + K_jj − 2K_ij = t_i + t_j − 2T_ij: the offsets cancel. In units of scale(a). */
  squaredDistanceSum(a: number): number {
    const { totals } = this.#found;
    return 2 * ((this.samples - 1) * totals[this.#diagonal(a)]! - totals[this.#rows(a)]!);
  }

  /** Σ d²_a(i,j)·d²_b(i,j) over all i, j. */
  squaredDistances(a: number, b: number): number {
    const { inner, totals } = this.#found;
    const [ta, tb, ra, rb] = [this.#diagonal(a), this.#diagonal(b), this.#rows(a), this.#rows(b)];
    const diagonals = 2 * ((this.samples - 2) * this.#moment(ta, tb) + totals[ta]! * totals[tb]!);
    const mixed = 4 * (this.#moment(ta, rb) + this.#moment(ra, tb));
    return 4 * inner[a * this.#operators + b]! - mixed + diagonals;
  }

  /** n(n−3) times the unbiased HSIC of Song et al. 2012. n ≥ 4. */
  debiasedInner(a: number, b: number): Sum {
    const n = this.samples;
    const { inner, totals } = this.#found;
    const full = inner[a * this.#operators + b]!;
    const all = (totals[this.#rows(a)]! * totals[this.#rows(b)]!) / ((n - 1) * (n - 2));
    const rows = (2 * this.#moment(this.#rows(a), this.#rows(b))) / (n - 2);
    return { value: full + all - rows, magnitude: Math.abs(full) + Math.abs(all) + Math.abs(rows) };
  }
}

/** The means over batches of the debiased HSIC, with their standard errors, in units of scale(a)·scale(b). */
export class BatchTable {
  readonly batches: number;
  readonly #found: NativeEngineResult;

  constructor(found: NativeEngineResult) {
    this.#found = found;
    this.batches = found.batches;
  }

  unit(a: number, b: number): number {
    return this.#found.scale[a]! * this.#found.scale[b]!;
  }

  hsic(a: number, b: number): number {
    return this.#found.batchHsic[a * this.#found.operators + b]!;
  }

  hsicError(a: number, b: number): number {
    return this.#found.batchHsicError[a * this.#found.operators + b]!;
  }
}
