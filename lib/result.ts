import type { Kernel } from "./kernels/kernel.ts";
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

/** `ok`; `infinite` where the quantity is +∞ (and says why); or why a number does not exist: beside `undefined` the value is NaN. */
export type CellStatus = "ok" | "infinite" | "undefined";

/** One number of a table, with its status. */
export interface Cell {
  readonly value: number;
  readonly status: CellStatus;
  /** A sentence when the status is not `ok`. */
  readonly reason: string | null;
}

/** The groups in which metrics are listed, after the section of the theory that they come from. */
export type Family =
  "alignment" | "distance" | "independence" | "measures" | "shape" | "stitching" | "neighbours" | "platonic";

/** What a permutation test found for every pair: one layer's samples are shuffled against the other's. NaN where the cell has no value. */
export interface PermutationTest {
  readonly permutations: number;
  readonly seed: number;
  /** How many pairs were tested: what the adjustments count. */
  readonly pairs: number;
  /** Which quantile of the null is in `nullQuantile`, e.g. 0.95. */
  readonly quantile: number;
  /** (1 + #{shuffled at least as alike as observed}) / (1 + permutations). */
  readonly pValues: Float64Array;
  /** The p-values adjusted over the pairs of this matrix (each unordered pair once where the metric is symmetric; no layer with itself). */
  readonly holm: Float64Array;
  readonly benjaminiHochberg: Float64Array;
  readonly nullMean: Float64Array;
  readonly nullQuantile: Float64Array;
  /** max(0, (value − nullQuantile) / (1 − nullQuantile)) for similarities that end at 1; null for the others. */
  readonly calibrated: Float64Array | null;
}

/** An interval over samples for every value; NaN where the cell has no value. */
export interface Intervals {
  readonly method: "bootstrap" | "jackknife";
  readonly level: number;
  /** Bootstrap samples; the number of samples for the jackknife. */
  readonly resamples: number;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** One metric over all pairs: `values[i * columns + j]` compares row layer i with column layer j. */
export interface MetricMatrix {
  /** Unique in a result: name and kernel, e.g. `cka.debiased.rbf(1×median)`. */
  readonly key: string;
  /** The metric's id, e.g. `cka`: its definition is `metrics.get(id)`. */
  readonly metric: string;
  /** The metric as it was asked for, its defaults left out: `cka.debiased`, `kcc(kappa=0.01)`. */
  readonly name: string;
  readonly label: string;
  readonly family: Family;
  /** Estimator, direction or convention: `debiased`, `forward`, `printed`; null for metrics that have but one. */
  readonly variant: string | null;
  readonly parameters: Readonly<Record<string, number | string>>;
  /** Null for metrics of the features themselves. */
  readonly kernel: string | null;
  /** Whether greater values mean more alike or further apart. */
  readonly sense: "similarity" | "distance";
  /** The range of the metric; null at an end without a bound. Values of a debiased estimator may leave it. */
  readonly range: readonly [number | null, number | null];
  /** False for a directed metric: the value says something of the row layer's way to the column layer. */
  readonly symmetric: boolean;
  readonly source: string;
  /** What the metric measures and what leaves it as it is, in a sentence or two for people; reports show it. */
  readonly definition?: string;
  /** The metric's formula as plain text, e.g. `⟨HK_1H, HK_2H⟩ / (‖HK_1H‖·‖HK_2H‖)`. */
  readonly formula?: string;
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
  /** Standard errors where the estimator has them (minibatch); NaN where not. */
  readonly errors: Float64Array | null;
  readonly test: PermutationTest | null;
  readonly intervals: Intervals | null;
  /** Index into `reasons` plus one, 0 where the value is ok. Beside a reason the value is NaN (undefined) or Infinity (infinite). */
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
  readonly variant: string | null;
  readonly parameters: Readonly<Record<string, number | string>>;
  readonly kernel: string | null;
  readonly value: number;
  readonly error: number | null;
  readonly pValue: number | null;
  readonly low: number | null;
  readonly high: number | null;
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
