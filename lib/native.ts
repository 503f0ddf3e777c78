import { loadNative } from "./load-native.ts";
import type { DType, Elements } from "./dtype.ts";

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
  /** unitRows: each row minus its own mean before it is divided by its norm, so that products are correlations between rows. */
  readonly rowCentred?: boolean;
}

export interface NativeOperator {
  readonly source: number;
  /** Operators of one group are paired with each other and with no others; a group's operators stand together. */
  readonly group: number;
  /**
   * distance: −‖x_i − x_j‖, of features or unit rows. cosine: ⟨x_i, x_j⟩/(‖x_i‖‖x_j‖) of *features*, for layers that `sharingProducts` found
   * fit for it; unit rows have it as their linear map.
   */
  readonly map: "linear" | "polynomial" | "rbf" | "laplacian" | "distance" | "cosine";
  readonly bandwidth?: number;
  readonly typicalDistance?: number;
  readonly gamma?: number;
  readonly offset?: number;
  readonly degree?: number;
}

export interface NativeEngineSpec {
  readonly sources: readonly NativeSource[];
  readonly operators: readonly NativeOperator[];
  readonly samples: number;
  readonly space: "gram" | "feature";
  readonly tile: "f32" | "f64";
  readonly stack: "f64" | "f32-flush";
  readonly block: number;
  readonly batch: number;
  readonly order?: Uint32Array;
  /** Feature space: pairs as a0, b0, a1, b1, … */
  readonly pairs?: Uint32Array;
  readonly threads: number;
  /** Whose nearest neighbours are wanted, and how many of them. */
  readonly neighbours?: { readonly operators: Uint32Array; readonly count: number };
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
  /** For each operator listed under `neighbours`: n×count sample numbers, best first, and the kernel's values there. */
  readonly neighbourIndices: readonly Uint32Array[];
  readonly neighbourValues: readonly Float64Array[];
}

export interface NativePairReading {
  readonly what: "values" | "largest" | "logdet" | "weighted";
  readonly weights: readonly (Float64Array | null)[];
  readonly loadings?: readonly NativeMatrix[];
}

export interface NativePairSpectraSpec {
  readonly bases: readonly NativeMatrix[];
  readonly ranks: Uint32Array;
  readonly pairs: Uint32Array;
  readonly readings: readonly NativePairReading[];
  readonly threads: number;
}

export interface NativePairSpectraResult {
  readonly readings: readonly Float64Array[];
}

export interface NativeNeighbourPairsSpec {
  readonly samples: number;
  readonly count: number;
  readonly indices: readonly Uint32Array[];
  readonly values: readonly Float64Array[];
  readonly pairs: Uint32Array;
  readonly wants: readonly string[];
  readonly threads: number;
}

export interface NativeNeighbourPairsResult {
  readonly scores: readonly Float64Array[];
}

export interface NativeRankSpec {
  readonly samples: number;
  readonly sources: readonly NativeSource[];
  readonly distances: readonly { readonly source: number; readonly kind: "euclidean" | "squared" }[];
  readonly pairs: Uint32Array;
  readonly wants: readonly ("spearman" | "kendall")[];
  readonly bins: number;
  readonly precision: "f32" | "f64";
  readonly threads: number;
}

export interface NativeRankResult {
  readonly spearman: Float64Array;
  readonly kendall: Float64Array;
  readonly constant: Uint8Array;
}

export interface NativeMedianRequest {
  readonly matrix: NativeMatrix;
  readonly mean: Float64Array;
  readonly rows?: Uint32Array;
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
   * `ridge`: W with W·Wᵀ = K̄(K̄ + nκI)⁻¹. `right` (linear kernels of features only): right singular vectors of the (centred) features.
   */
  readonly kind: "basis" | "projector" | "ridge" | "right";
  /** `ridge`: κ > 0, added to the eigenvalues of K̄/n. */
  readonly kappa?: number;
  /** n×c (`right`: d×c), f32 or f64; columns from the rank on become zeros. c ≥ min(n, d) for linear kernels of features, else c ≥ the rank. */
  readonly matrix: NativeMatrix;
  /** n squared row norms of `matrix` as stored; not for `right`. */
  readonly leverages?: Float64Array;
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
  pairSpectraJob(
    spec: NativePairSpectraSpec,
    progress: NativeProgress | null,
    done: NativeDone<NativePairSpectraResult>,
  ): NativeJob;
  neighbourPairsJob(
    spec: NativeNeighbourPairsSpec,
    progress: NativeProgress | null,
    done: NativeDone<NativeNeighbourPairsResult>,
  ): NativeJob;
  rankJob(spec: NativeRankSpec, progress: NativeProgress | null, done: NativeDone<NativeRankResult>): NativeJob;
  engineJob(spec: NativeEngineSpec, progress: NativeProgress | null, done: NativeDone<NativeEngineResult>): NativeJob;
  factorJob(
    requests: readonly NativeFactorRequest[],
    threads: number,
    progress: NativeProgress | null,
    done: NativeDone<NativeFactorResult[]>,
  ): NativeJob;
  permutationJob(
    spec: NativePermutationSpec,
    progress: NativeProgress | null,
    done: NativeDone<NativePermutationResult>,
  ): NativeJob;
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
