/** What the addon's stitching jobs are asked for and answer; the jobs themselves stand in native.ts. */
import type { NativeMatrix } from "./native.ts";

/** A layer and what is subtracted from each of its columns: its means, or zeros. */
export interface NativeSide {
  readonly matrix: NativeMatrix;
  readonly mean: Float64Array;
}

/** A factorised source: X = U·diag(√η)·Vᵀ, or for a kernel K̄ = U·diag(η)·Uᵀ. */
export interface NativeComponents {
  /** U: n×c in f64, of which `rank` columns count. */
  readonly basis: NativeMatrix;
  /** V: d×c in f64; not for a kernel. */
  readonly right?: NativeMatrix;
  readonly rank: number;
  /** η > 0, `rank` of them, not divided by n. */
  readonly eigenvalues: Float64Array;
  /** `biased`: what the bias is read off, as the target's mean − W·inputMean. One an input (kernel: one a sample). */
  readonly inputMean?: Float64Array;
  /** λ ≥ 0, rising, in units of η/n: `pathLength` of them. */
  readonly path: Float64Array;
}

/** Fits of every source to every target from the sources' factorisations: W = (V·diag(√η/(η + nλ))·UᵀY)ᵀ, or of a kernel α = U·diag(1/(η + nλ))·UᵀY. */
export interface NativeComponentSpec {
  readonly samples: number;
  readonly sources: readonly NativeComponents[];
  readonly targets: readonly NativeSide[];
  readonly kernel: boolean;
  readonly biased: boolean;
  /** How λ is chosen from the path: not at all (its length is 1 then), by exact leave-one-out, by generalised cross-validation. */
  readonly criterion: "given" | "loo" | "gcv";
  readonly pathLength: number;
  /** Cuts the fitted values to their best approximation of this rank; 0: not. */
  readonly rankLimit: number;
  /** Written by the job, one a pair, source by source: W or αᵀ, row-major. */
  readonly weights: readonly Float64Array[];
  /** Written by the job where `biased`, one a pair. */
  readonly biases?: readonly Float64Array[];
  readonly threads: number;
}

export interface NativeComponentResult {
  /** One a pair: which λ of the path. */
  readonly chosen: Float64Array;
  /** One a pair: Σ of the squared errors on the fitted rows. */
  readonly residuals: Float64Array;
}

/** The best rotation or assignment of every source's features to every target's. */
export interface NativeMatchingSpec {
  readonly samples: number;
  readonly kind: "orthogonal" | "permutation";
  /** orthogonal: times the factor that fits best. */
  readonly scaled: boolean;
  readonly sources: readonly NativeSide[];
  readonly targets: readonly NativeSide[];
  /** Written by the job, one a pair, source by source: d_2×d_1. */
  readonly weights: readonly Float64Array[];
  readonly threads: number;
}

export interface NativeCrossKernel {
  readonly kind: "linear" | "cosine" | "polynomial" | "rbf" | "laplacian";
  readonly bandwidth?: number;
  readonly gamma?: number;
  readonly offset?: number;
  readonly degree?: number;
  /** rbf, laplacian, polynomial: less a constant, which dual coefficients that sum to 0 do not see. */
  readonly relative?: boolean;
}

/** out = k(samples, fitted)·dualᵀ + bias. */
export interface NativeCrossKernelSpec {
  readonly kernel: NativeCrossKernel;
  readonly fitted: NativeSide;
  readonly samples: NativeSide;
  readonly outputs: number;
  /** αᵀ: outputs×n. */
  readonly dual: Float64Array;
  readonly bias?: Float64Array;
  /** Written by the job: samples×outputs. */
  readonly out: Float64Array;
  readonly threads: number;
}
