import type { Estimator } from "../kernels/kernel.ts";
import type { BatchTable, Table } from "../table.ts";

/** A number with its standard error where there is one, or why there is none. */
export type Outcome = { readonly value: number; readonly error?: number } | { readonly reason: string };

/** What a formula may read: the tables, the rounding unit of the tiles they came from, and the caller's options. */
export interface MetricContext {
  readonly table: Table | null;
  readonly batches: BatchTable | null;
  /** How far rounding may reach in a sum over the samples: the unit of the tiles' type (2⁻⁵³ or 2⁻²⁴) times √n. */
  readonly rounding: number;
  readonly normalization: "n-1" | "n";
}

/** A metric: what it is called, what it needs, and its formula over a pair of operators. One file each. */
export interface Metric {
  readonly id: string;
  readonly label: string;
  /** One sentence for people: what question it answers. */
  readonly summary: string;
  readonly symmetric: boolean;
  /** Range for positive semidefinite kernels; null at an end without a bound. */
  readonly range: readonly [number | null, number | null];
  /** The first is the default; empty when the metric has no choice. */
  readonly estimators: readonly Estimator[];
  /** Fewest samples for which the estimator exists. */
  readonly fewestSamples: (estimator: Estimator | null) => number;
  readonly source: string;
  readonly evaluate: (context: MetricContext, a: number, b: number, estimator: Estimator | null) => Outcome;
}
