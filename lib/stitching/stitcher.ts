/** What a stitcher is, before it is fitted (a method) and after. */
import type { RowIndices } from "../matrix/rows.ts";
import type { Representation } from "../representation.ts";
import type { WorkOptions } from "../work-options.ts";

/** The classes of maps that stitchers are fitted in. */
export type StitcherKind = "linear" | "affine" | "ridge" | "orthogonal" | "permutation" | "low-rank" | "kernel-ridge";

/** How a stitcher is fitted. */
export interface FitOptions extends WorkOptions {
  /** The rows to fit on; all by default. */
  readonly rows?: RowIndices;
}

/** How far a stitcher's output is from the target: (1/n)·Σ‖s(x_i) − y_i‖² over n rows. */
export interface MatchingError {
  readonly error: number;
  /** The same divided by the target's mean square about its mean on these rows; NaN where that is 0. */
  readonly relative: number;
  readonly samples: number;
}

/** Why a pair of layers has no stitcher of the kind asked for. */
export interface NoStitcher {
  readonly reason: string;
}

/** A way to fit a stitcher: what `stitchers.affine()` and its like return. Plain data and two functions. */
export interface StitcherMethod {
  readonly kind: StitcherKind;
  /** As it is written on a command line: `affine`, `ridge(lambda=0.1)`, `kernel-ridge(kernel=rbf, lambda=loo)`. */
  readonly name: string;
  /** Fits on the rows of source (n×d_1) and target (n×d_2). */
  readonly fit: (source: Representation, target: Representation, options?: FitOptions) => Promise<Stitcher>;
  /** Fits every source to every target, each source factorised once: what `fitStitchers` calls. */
  readonly fitAll: (
    sources: readonly Representation[],
    targets: readonly Representation[],
    options?: FitOptions,
  ) => Promise<(Stitcher | NoStitcher)[][]>;
}

/** The numbers of a stitcher x ↦ S·x + b: S is d_2×d_1, row-major. */
export interface LinearMap {
  readonly weights: Float64Array;
  readonly bias: Float64Array | null;
}

/** A fitted stitcher s: ℝ^d_1 → ℝ^d_2. Immutable. */
export interface Stitcher {
  readonly kind: StitcherKind;
  readonly name: string;
  /** d_1. */
  readonly inputs: number;
  /** d_2. */
  readonly outputs: number;
  /** S and b, a copy at each call; null for a kernel's stitcher, which has none. */
  readonly map: () => LinearMap | null;
  /** λ as given or as chosen, in units of the eigenvalues of XᵀX/n or K/n; null where there is none. */
  readonly lambda: number | null;
  /** The rank that the fit saw in the source (linear, affine, ridge, kernel-ridge) or was told to have (low-rank); else null. */
  readonly rank: number | null;
  /** On the rows that it was fitted on. */
  readonly fitted: MatchingError;
  /** s of every row: n×d_2, f64. */
  readonly apply: (source: Representation, options?: WorkOptions) => Promise<Representation>;
  /** On these rows of source and target (all by default), held out or not. */
  readonly error: (source: Representation, target: Representation, options?: FitOptions) => Promise<MatchingError>;
}
