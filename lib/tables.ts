import type { EngineInput, EngineTables } from "./engine.ts";
import { linear } from "./kernels/linear.ts";
import type { Estimator } from "./kernels/kernel.ts";
import type { OperatorRequest, TableMetric } from "./metrics/metric.ts";
import type { OperatorSet } from "./operator-set.ts";
import { isBackward, type Reader } from "./reader.ts";
import type { Reading } from "./readings.ts";

type TableReading = Reading<TableMetric>;

/** The operators that a reading asks for, a list a layer. */
export function requestsOf({ metric, choice, kernel }: TableReading): readonly OperatorRequest[] {
  return metric.operators(choice, kernel ?? linear());
}

/** Which estimators the engine has to serve. A metric without a choice of one reads the same tiles as the biased ones. */
export function estimatorsOf(readings: readonly TableReading[]): Set<Estimator> {
  return new Set(
    readings.map(({ choice: { variant } }) => (variant === "debiased" || variant === "minibatch" ? variant : "biased")),
  );
}

/** The pairs of operators that the readings need, as operator numbers, smaller first; every operator is paired with itself. */
export function pairsOf(
  readings: readonly TableReading[],
  set: OperatorSet,
  rows: readonly number[],
  columns: readonly number[],
): Uint32Array {
  const operators = set.groups.reduce((sum, group) => sum + group.length, 0);
  const pairs = new Set<number>();
  const add = (a: number, b: number): void => void pairs.add(Math.min(a, b) * operators + Math.max(a, b));
  for (let k = 0; k < operators; k += 1) add(k, k);
  for (const reading of readings) {
    const requests = requestsOf(reading);
    for (const [i, j] of reading.metric.pairs) {
      for (const row of rows) {
        for (const column of columns) {
          const a = set.place(requests[i]!, row);
          const b = set.place(requests[j]!, column);
          if ("operator" in a && "operator" in b) add(a.operator, b.operator);
        }
      }
    }
  }
  return Uint32Array.from([...pairs].flatMap((pair) => [Math.floor(pair / operators), pair % operators]));
}

/** Reads a metric off the engine's tables. */
export function tableReader(
  reading: TableReading,
  set: OperatorSet,
  tables: EngineTables,
  input: Pick<EngineInput, "samples">,
  precision: "f32" | "f64",
  normalization: "n-1" | "n",
): Reader {
  const { metric, choice } = reading;
  const requests = requestsOf(reading);
  const context = {
    table: tables.table,
    batches: tables.batches,
    rounding: (precision === "f64" ? 2 ** -53 : 2 ** -24) * Math.sqrt(input.samples),
    normalization,
  };
  const known = new Map<number, readonly number[] | { readonly reason: string }>();
  const placesOf = (layer: number): readonly number[] | { readonly reason: string } => {
    let found = known.get(layer);
    if (found !== undefined) return found;
    const places = requests.map((request) => set.place(request, layer));
    const missing = places.find((place) => "reason" in place);
    found = missing ?? places.map((place) => ("operator" in place ? place.operator : NaN));
    known.set(layer, found as readonly number[]);
    return found as readonly number[];
  };
  const backward = isBackward(metric, choice);
  return (row, column) => {
    const [a, b] = backward ? [placesOf(column), placesOf(row)] : [placesOf(row), placesOf(column)];
    if ("reason" in a) return a;
    if ("reason" in b) return b;
    return metric.evaluate(context, a, b, choice);
  };
}
