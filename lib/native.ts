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
}

export interface NativeOperator {
  readonly source: number;
  /** Operators of one group are paired with each other and with no others; a group's operators stand together. */
  readonly group: number;
  readonly map: "linear" | "polynomial" | "rbf" | "laplacian";
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
  neighbourPairsJob(
    spec: NativeNeighbourPairsSpec,
    progress: NativeProgress | null,
    done: NativeDone<NativeNeighbourPairsResult>,
  ): NativeJob;
}

let loaded: Native | undefined;

/** The addon, loaded at the first call. @throws SystemError with code NATIVE_LOAD, saying what was tried and what would help. */
export function native(): Native {
  loaded ??= loadNative();
  return loaded;
}
