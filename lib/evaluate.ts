import { breaths } from "./breath.ts";
import type { EngineTables } from "./engine.ts";
import { describeKernel } from "./kernels/describe.ts";
import type { Kernel } from "./kernels/kernel.ts";
import type { ChosenMetric } from "./metrics/index.ts";
import type { Outcome } from "./metrics/metric.ts";
import type { MetricMatrix } from "./result.ts";

/** A layer's place in the tables under one kernel, or why it has none. */
export type Place = { readonly operator: number } | { readonly reason: string };

export interface EvaluateInput {
  readonly tables: EngineTables;
  readonly samples: number;
  readonly precision: "f32" | "f64";
  readonly normalization: "n-1" | "n";
  readonly signal: AbortSignal | undefined;
}

const beyondRange = "the number is beyond the range of f64";

/** The formula of one metric under one kernel, over all pairs of rows and columns. */
export async function evaluate(
  input: EvaluateInput,
  { metric, estimator }: ChosenMetric,
  kernel: Kernel,
  rows: readonly Place[],
  columns: readonly Place[],
): Promise<MetricMatrix> {
  const size = rows.length * columns.length;
  const values = new Float64Array(size).fill(NaN);
  const errors = estimator === "minibatch" ? new Float64Array(size).fill(NaN) : null;
  const status = new Uint16Array(size);
  const reasons: string[] = [];
  const known = new Map<string, number>();
  const context = {
    table: input.tables.table,
    batches: input.tables.batches,
    rounding: (input.precision === "f64" ? 2 ** -53 : 2 ** -24) * Math.sqrt(input.samples),
    normalization: input.normalization,
  };
  const fewest = metric.fewestSamples(estimator);
  const outcomeOf = (row: Place, column: Place): Outcome => {
    if (input.samples < fewest) {
      const name = estimator === null ? metric.label : `${estimator} ${metric.label}`;
      return { reason: `${name} needs at least ${fewest} samples, there are ${input.samples}` };
    }
    if ("reason" in row) return row;
    if ("reason" in column) return column;
    const outcome = metric.evaluate(context, row.operator, column.operator, estimator);
    return "reason" in outcome || Number.isFinite(outcome.value) ? outcome : { reason: beyondRange };
  };
  const breathe = breaths();
  for (const [i, row] of rows.entries()) {
    for (const [j, column] of columns.entries()) {
      const outcome = outcomeOf(row, column);
      const k = i * columns.length + j;
      if ("reason" in outcome) {
        let code = known.get(outcome.reason);
        if (code === undefined) {
          code = reasons.push(outcome.reason);
          known.set(outcome.reason, code);
        }
        status[k] = code;
      } else {
        values[k] = outcome.value;
        if (errors !== null && outcome.error !== undefined) errors[k] = outcome.error;
      }
    }
    await breathe();
    input.signal?.throwIfAborted();
  }
  const name = describeKernel(kernel);
  return {
    key: [metric.id, ...(estimator === null ? [] : [estimator]), name].join("."),
    metric: metric.id,
    label: estimator === null ? `${metric.label}, ${name}` : `${metric.label} (${estimator}), ${name}`,
    estimator,
    kernel: name,
    range: metric.range,
    symmetric: metric.symmetric,
    source: metric.source,
    rows: rows.length,
    columns: columns.length,
    values,
    errors,
    status,
    reasons,
  };
}
