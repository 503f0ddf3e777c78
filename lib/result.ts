import type { Estimator, Kernel } from "./kernels/kernel.ts";
import type { Plan } from "./plan.ts";

/** What a result remembers of a layer. */
export interface LayerSummary {
  readonly name: string;
  /** The file or model that the layer came from, when known. Reports group by it. */
  readonly source: string | null;
  readonly samples: number;
  readonly features: number;
  readonly dtype: string;
  readonly constantColumns: number;
  readonly zeroRows: number;
  /** Root mean square of the entries, and of the centred entries. */
  readonly rms: number;
  readonly centredRms: number;
}

/** `ok`, or why a number does not exist. The value beside any other status is NaN. */
export type CellStatus = "ok" | "undefined";

/** One number of a table, with its status. */
export interface Cell {
  readonly value: number;
  readonly status: CellStatus;
  /** A sentence when the status is not `ok`. */
  readonly reason: string | null;
}

/** One metric over all pairs: `values[i * columns + j]` compares row layer i with column layer j. */
export interface MetricMatrix {
  /** Unique in a result: the metric's id, the kernel and the estimator, e.g. `cka.debiased.rbf(1×median)`. */
  readonly key: string;
  readonly metric: string;
  readonly label: string;
  readonly estimator: Estimator | null;
  readonly kernel: string;
  /** The range of the metric; null at an end without a bound. Values of a debiased estimator may leave it. */
  readonly range: readonly [number | null, number | null];
  readonly symmetric: boolean;
  readonly source: string;
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
  /** Standard errors where the estimator has them (minibatch); NaN where not. */
  readonly errors: Float64Array | null;
  /** Index into `reasons` plus one, 0 where the value is ok. */
  readonly status: Uint16Array;
  readonly reasons: readonly string[];
}

/** Something that a reader of the numbers should know; `code` is stable. */
export interface ResultWarning {
  readonly code: string;
  readonly message: string;
}

/** One line of the tidy table: a pair of layers under one metric. */
export interface PairRecord {
  readonly row: string;
  readonly column: string;
  readonly metric: string;
  readonly estimator: Estimator | null;
  readonly kernel: string;
  readonly value: number;
  readonly error: number | null;
  readonly status: CellStatus;
  readonly reason: string | null;
}

/** All that a comparison found, ready to be written or drawn. Plain data: a structured clone of it is as good. */
export interface ComparisonData {
  readonly samples: number;
  /** True when rows were compared with themselves. */
  readonly symmetric: boolean;
  readonly rows: readonly LayerSummary[];
  readonly columns: readonly LayerSummary[];
  readonly matrices: readonly MetricMatrix[];
  readonly warnings: readonly ResultWarning[];
  readonly plan: Plan;
  /** Milliseconds of each phase, and `total`. */
  readonly timings: Readonly<Record<string, number>>;
  /** The options as they were used, defaults filled in. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly kernels: readonly Kernel[];
}
