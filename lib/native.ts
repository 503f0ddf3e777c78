import { loadNative } from "./load-native.ts";
import type { DType, Elements } from "./dtype.ts";
import type { NativeNetworkSpec, NativeStitchedRiskSpec } from "./native-network.ts";
import type {
  NativeComponentResult,
  NativeComponentSpec,
  NativeCrossKernelSpec,
  NativeMatchingSpec,
} from "./native-stitching.ts";

/** A matrix as it crosses the boundary: row-major, contiguous, in a buffer that nobody outside gramian can reach. */
export interface NativeMatrix {
  readonly data: Elements;
  readonly dtype: DType;
  readonly rows: number;
  readonly cols: number;
}

/** What one pass over a representation found. After non-finite entries only the first four numbers mean anything. */
export interface NativeFacts {
  readonly nonFinite: number;
  readonly nonFiniteRow: number;
  readonly nonFiniteColumn: number;
  readonly mean: Float64Array;
  readonly centredNorm2: Float64Array;
  readonly dotMean: Float64Array;
  /** Of each row less the column means, the mean of its entries. */
  readonly rowMean: Float64Array;
  readonly meanNorm2: number;
  readonly scatter: number;
  readonly maxAbs: number;
  readonly constantColumns: Uint32Array;
  readonly zeroRows: Uint32Array;
}

export interface NativeSource {
  readonly kind: "features" | "unitRows" | "gram";
  readonly matrix: NativeMatrix;
  readonly mean?: Float64Array;
  readonly centredNorm2?: Float64Array;
  readonly dotMean?: Float64Array;
  /** c ≥ 0, where XXᵀ = T + a_i + a_j + c with other offsets a than ⟨x_i − mean, mean⟩ in `dotMean`; ‖mean‖² without it. */
  readonly constant?: number;
  /** unitRows: each row minus its own mean before it is divided by its norm, so that products are correlations between rows. */
  readonly rowCentred?: boolean;
}

export interface NativeOperator {
  readonly source: number;
  /** Operators of one group are paired with each other and with no others; a group's operators stand together. */
  readonly group: number;
  /**
   * distance: −‖x_i − x_j‖, of features or unit rows. cosine: ⟨x_i, x_j⟩/(‖x_i‖‖x_j‖) of *features* fit for it (unit rows: their linear map).
   */
  readonly map: "linear" | "polynomial" | "rbf" | "laplacian" | "distance" | "cosine";
  readonly bandwidth?: number;
  readonly typicalDistance?: number;
  readonly gamma?: number;
  readonly offset?: number;
  readonly degree?: number;
  /** cosine: of the rows less their own means, which is the correlation between rows. */
  readonly rowCentred?: boolean;
}

export interface NativeEngineSpec {
  readonly sources: readonly NativeSource[];
  readonly operators: readonly NativeOperator[];
  readonly samples: number;
  /** neighbours: tiles for the lists of neighbours alone; nothing else of the result means anything. */
  readonly space: "gram" | "feature" | "neighbours";
  readonly tile: "f32" | "f64";
  readonly stack: "f64" | "f32-flush";
  readonly block: number;
  readonly batch: number;
  readonly order?: Uint32Array;
  /** Feature space: pairs as a0, b0, a1, b1, … */
  readonly pairs?: Uint32Array;
  /**
   * For each of these operators the `count` (1 … samples − 1) best samples j ≠ i of every sample i by the kernel's value, whatever the
   * tile's type as f64 has them; of equal ones the lower index first. Not in feature space and not of minibatches.
   */
  readonly neighbours?: { readonly operators: Uint32Array; readonly count: number };
  readonly threads: number;
}

export interface NativeEngineResult {
  readonly operators: number;
  readonly inner: Float64Array;
  readonly moments: Float64Array;
  readonly totals: Float64Array;
  readonly constant: Float64Array;
  readonly scale: Float64Array;
  readonly batchHsic: Float64Array;
  readonly batchHsicError: Float64Array;
  readonly batches: number;
  /** One a listed operator, samples×count, best first. */
  readonly neighbourIndices: Uint32Array[];
  /** k(x_i, x_j) of the same, in the kernel's own units. */
  readonly neighbourValues: Float64Array[];
}

export interface NativeMedianRequest {
  readonly matrix: NativeMatrix;
  readonly mean: Float64Array;
  readonly rows?: Uint32Array;
}

export type NativeNeighbourScore =
  | "mutual"
  | "jaccard"
  | "cycleForward"
  | "cycleBackward"
  | "lcs"
  | "edit"
  | "cknnaBiased"
  | "cknnaDebiased"
  | "platonicCycle"
  | "platonicLcs"
  | "platonicEdit"
  | "platonicCknna";

/** Layers as the top-k lists of their samples: n×k, row-major, best first, each naming k other samples. */
export interface NativeNeighbourPairsSpec {
  readonly samples: number;
  readonly count: number;
  readonly indices: readonly Uint32Array[];
  /** The kernel's values beside the indices; read for CKNNA only. */
  readonly values: readonly Float64Array[];
  /** a0, b0, a1, b1, … */
  readonly pairs: Uint32Array;
  readonly wants: readonly NativeNeighbourScore[];
  readonly threads: number;
}

export interface NativeNeighbourPairsResult {
  /** One array a want, one number a pair; NaN where undefined. */
  readonly scores: readonly Float64Array[];
}

/** Rank correlations of the n(n−1)/2 pairwise distances of layers. Features or unit rows; squared distances rank as distances do. */
export interface NativeRankSpec {
  readonly samples: number;
  readonly sources: readonly NativeSource[];
  readonly distances: readonly { readonly source: number; readonly kind: "euclidean" | "squared" }[];
  /** Of distances: a0, b0, a1, b1, … */
  readonly pairs: Uint32Array;
  readonly wants: readonly ("spearman" | "kendall")[];
  /** 0: exact ranks, all of them in memory. Else ranks of so many bins, which need next to none; not for Kendall. */
  readonly bins: number;
  readonly precision: "f32" | "f64";
  readonly threads: number;
}

export interface NativeRankResult {
  /** One number a pair; empty when not wanted; NaN where a side is constant. */
  readonly spearman: Float64Array;
  /** τ-a, one number a pair; empty when not wanted. */
  readonly kendall: Float64Array;
  /** One a distance: 1 where all its entries are equal. */
  readonly constant: Uint8Array;
}

/**
 * Permuted sums. `pairs` are a0, b0, a1, b1, … of one group each; b's samples are permuted. All n²·operators entries are held in
 * memory. The conditioned parts T are without their diagonals here.
 */
export interface NativePermutationSpec {
  readonly sources: readonly NativeSource[];
  readonly operators: readonly NativeOperator[];
  readonly samples: number;
  /** One permutation of the samples after the other. */
  readonly permutations: Uint32Array;
  readonly pairs: Uint32Array;
  readonly precision: "f32" | "f64";
  readonly threads: number;
  /** Neighbour lists (n×count each) and the pairs of them whose overlap is wanted. */
  readonly neighbours?: {
    readonly lists: readonly Uint32Array[];
    readonly count: number;
    readonly pairs: Uint32Array;
  };
}

export interface NativePermutationResult {
  /** Permutations × pairs: Σ_{i≠j} T_a[i,j]·T_b[π(i),π(j)]. */
  readonly inner: Float64Array;
  /** Permutations × pairs × 9: Σ_i l_a[i]·l_b[π(i)] for l over row sums, diagonal, offset of a × the same of b. */
  readonly moments: Float64Array;
  /** Permutations × pairs of lists: mean_i |N_a(i) ∩ N_b^π(i)|/k, N_b^π(i) = {j : π(j) ∈ N_b(π(i))}. */
  readonly mutual: Float64Array;
}

/** What is read off one factorisation, written into `matrix` by the job. */
export interface NativeFactorOutput {
  /**
   * `basis`: U, orthonormal eigenvectors of K̄ in the order of falling eigenvalues. `projector`: any W with W·Wᵀ = U·Uᵀ and WᵀW = I.
   * `ridge`: W with W·Wᵀ = K̄(K̄ + nκI)⁻¹. `explained`: W with I − W·Wᵀ = (I − P)², P the ridge's hat matrix. Linear kernels of features only: `right`,
   * right singular vectors of the (centred) features X, and, beside projectors only, `solver`: M with W = X·M for the projector's W.
   */
  readonly kind: "basis" | "projector" | "ridge" | "explained" | "right" | "solver";
  /** `ridge` and `explained`: κ > 0, added to the eigenvalues of K̄/n. */
  readonly kappa?: number;
  /** n×c (`right`, `solver`: d×c), f32 or f64; columns from the rank on become zeros. c ≥ min(n, d) for linear kernels of features, else c ≥ the rank. */
  readonly matrix: NativeMatrix;
  /** n squared row norms of `matrix` as stored; not for `right` and `solver`. */
  readonly leverages?: Float64Array;
  /** c means of the columns of `matrix` as stored; not for `right`. */
  readonly means?: Float64Array;
  /** n entries of (I − W·Wᵀ)·1, from W before it is rounded; for `projector` and `explained`. Their sum is 1ᵀ(I − W·Wᵀ)1 to all digits. */
  readonly onesResidual?: Float64Array;
}

export interface NativeFactorRequest {
  readonly source: NativeSource;
  readonly map: Omit<NativeOperator, "source" | "group">;
  /** K̄ = HKH, or K itself. */
  readonly centred: boolean;
  /** Kernels that are not linear: which share of the trace may be left out; 0: none but rounding. */
  readonly tolerance: number;
  /** Whether the spectrum is wanted; without it, and without `basis` and `right`, a Cholesky factorisation may do. */
  readonly eigenvalues: boolean;
  /** Linear kernels of features: everything as accurate as from an SVD of the features, so that it may be divided by. */
  readonly accurate?: boolean;
  readonly outputs: readonly NativeFactorOutput[];
}

export interface NativeFactorResult {
  readonly rank: number;
  /** Of K̄, in true units, falling: `rank` of them, or none where they were not asked for. */
  readonly eigenvalues: Float64Array;
  readonly trace: number;
  /** The part of the trace that was left out. */
  readonly residual: number;
  /** Where K̄ is not positive semidefinite: its least eigenvalue (then the rank is 0, and outputs are zeros); else 0. */
  readonly indefinite: number;
  readonly route: "cholesky" | "covariance" | "gram" | "svd" | "pivoted" | "eigen";
}

/** Sums under many weightings of the samples. All n²·operators entries are held in memory. */
export interface NativeWeightedSpec {
  readonly sources: readonly NativeSource[];
  readonly operators: readonly NativeOperator[];
  readonly samples: number;
  /** One weighting after the other, n numbers each; finite and ≥ 0. */
  readonly weights: Float64Array;
  /** a0, b0, a1, b1, …, of any operators. */
  readonly pairs: Uint32Array;
  /** What A is of K = scale·(T + a_i + a_j + c): T with its diagonal, T + a_i + a_j + c, or T without its diagonal. */
  readonly form: "conditioned" | "full" | "off-diagonal";
  readonly precision: "f32" | "f64";
  readonly threads: number;
}

/** In units of scale_a·scale_b, and of scale_a. */
export interface NativeWeightedResult {
  /** Weightings × pairs: Σ_ij w_i·w_j·A_a[i,j]·A_b[i,j]. */
  readonly quadratic: Float64Array;
  /** Weightings × pairs: Σ_i w_i·(A_a·w)_i·(A_b·w)_i. */
  readonly rows: Float64Array;
  /** Weightings × operators: wᵀ·A·w. */
  readonly totals: Float64Array;
  /** One number an operator. */
  readonly scale: Float64Array;
}

/** One number or row of numbers a pair, of M = diag(w_a)·U_aᵀU_b·diag(w_b). */
export interface NativePairReading {
  /**
   * `values`: all singular values σ, falling. `largest`: σ₁. `logdet`: −½ log det(I − MMᵀ), +Infinity where a σ is 1 to rounding or more.
   * `weighted`: Σ α_i σ_i / Σ α_i with α_i = Σ_j |(Q_aᵀL_a)_ij|, Q_a the left singular vectors of M; then the same of side b.
   */
  readonly what: "values" | "largest" | "logdet" | "weighted";
  /** One a basis: as many leading columns are used as there are weights; null: all up to the rank, with weight 1. */
  readonly weights: readonly (Float64Array | null)[];
  /** `weighted`: L_l = U_lᵀX_l, rank×d_l, one a basis. */
  readonly loadings?: readonly NativeMatrix[];
}

export interface NativePairSpectraSpec {
  /** n×c, orthonormal columns up to the rank; f32 all of them, or f64. */
  readonly bases: readonly NativeMatrix[];
  readonly ranks: Uint32Array;
  /** a0, b0, a1, b1, … */
  readonly pairs: Uint32Array;
  readonly readings: readonly NativePairReading[];
  readonly threads: number;
}

export interface NativePairSpectraResult {
  /**
   * One a reading. `values`: pairs×width with width the largest min(k_a, k_b), padded with NaN; `largest`, `logdet`: one a pair;
   * `weighted`: two a pair. Where a side has no column `largest` and `logdet` are 0, the others NaN.
   */
  readonly readings: Float64Array[];
}

/** out = leftᵀ·right (`transposed`) or left·right, of columns leftFrom … of `left` and the first `rightCount` of `right`; in f64. */
export interface NativeProduct {
  readonly left: NativeMatrix;
  readonly right: NativeMatrix;
  readonly transposed: boolean;
  readonly leftFrom: number;
  readonly leftCount: number;
  readonly rightCount: number;
  /** Written by the job, row-major: leftCount×rightCount, or rows of `left` × rightCount. */
  readonly out: Float64Array;
}

export interface NativeInfo {
  /** What OpenBLAS says of itself, the core it picked, and whether it was built for threads (0 no, 1 pthreads, 2 OpenMP). */
  readonly blas: {
    readonly config: string;
    readonly core: string;
    readonly parallel: number;
    readonly threads: number;
  };
  /** Which of our own inner loops run here. */
  readonly instructionSet: "baseline" | "avx2" | "avx512";
  /** Cores that this process may use: affinity and cgroup limits counted. */
  readonly cores: number;
}

/** A job under way. */
export interface NativeJob {
  /** Ask it to stop; `done` is still called, once the threads have let go. */
  cancel(): void;
}

/** Called once. `error` is null on success, the string "cancelled" after a cancel, else a code and a message. */
export type NativeDone<T> = (
  error: null | "cancelled" | { code: string; message: string },
  result: T | undefined,
) => void;
export type NativeProgress = (done: number, total: number) => void;

/** The addon's exports. Only this file and those that call it know of them. */
export interface Native {
  info(): NativeInfo;
  facts(matrix: NativeMatrix): NativeFacts;
  factsJob(matrix: NativeMatrix, done: NativeDone<NativeFacts>): NativeJob;
  medianJob(
    requests: readonly NativeMedianRequest[],
    threads: number,
    progress: NativeProgress | null,
    done: NativeDone<Float64Array>,
  ): NativeJob;
  engineJob(spec: NativeEngineSpec, progress: NativeProgress | null, done: NativeDone<NativeEngineResult>): NativeJob;
  networkJob(spec: NativeNetworkSpec, progress: NativeProgress | null, done: NativeDone<undefined>): NativeJob;
  neighbourPairsJob(
    spec: NativeNeighbourPairsSpec,
    progress: NativeProgress | null,
    done: NativeDone<NativeNeighbourPairsResult>,
  ): NativeJob;
  rankJob(spec: NativeRankSpec, progress: NativeProgress | null, done: NativeDone<NativeRankResult>): NativeJob;
  factorJob(
    requests: readonly NativeFactorRequest[],
    threads: number,
    progress: NativeProgress | null,
    done: NativeDone<NativeFactorResult[]>,
  ): NativeJob;
  pairSpectraJob(
    spec: NativePairSpectraSpec,
    progress: NativeProgress | null,
    done: NativeDone<NativePairSpectraResult>,
  ): NativeJob;
  permutationJob(
    spec: NativePermutationSpec,
    progress: NativeProgress | null,
    done: NativeDone<NativePermutationResult>,
  ): NativeJob;
  /** Gives R. */
  stitchedRiskJob(spec: NativeStitchedRiskSpec, progress: NativeProgress | null, done: NativeDone<number>): NativeJob;
  weightedJob(
    spec: NativeWeightedSpec,
    progress: NativeProgress | null,
    done: NativeDone<NativeWeightedResult>,
  ): NativeJob;
  componentJob(
    spec: NativeComponentSpec,
    progress: NativeProgress | null,
    done: NativeDone<NativeComponentResult>,
  ): NativeJob;
  /** One number a pair: Σ of the squared errors on the fitted rows. */
  matchingJob(spec: NativeMatchingSpec, progress: NativeProgress | null, done: NativeDone<Float64Array>): NativeJob;
  crossKernelJob(spec: NativeCrossKernelSpec, progress: NativeProgress | null, done: NativeDone<undefined>): NativeJob;
  productsJob(
    products: readonly NativeProduct[],
    threads: number,
    progress: NativeProgress | null,
    done: NativeDone<undefined>,
  ): NativeJob;
}

let loaded: Native | undefined;

/** The addon, loaded at the first call. @throws SystemError with code NATIVE_LOAD, saying what was tried and what would help. */
export function native(): Native {
  loaded ??= loadNative();
  return loaded;
}
