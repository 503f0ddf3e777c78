import { cellsOf } from "./cells.ts";
import type { IntervalOptions as AskedIntervals } from "./compare-options.ts";
import type { TableMetric } from "./metrics/metric.ts";
import type { Compared, TestOptions } from "./permutation-tests.ts";
import type { Reading } from "./readings.ts";
import { bootstrapIntervals, jackknifeIntervals } from "./resampling/intervals.ts";
import type { IntervalStatistic } from "./resampling/statistic.ts";
import type { Intervals, MetricMatrix } from "./result.ts";
import { requestsOf } from "./tables.ts";

/** What is resampled for a reading; null for those that have no intervals. */
function statisticOf({ metric, choice: { variant } }: Reading): IntervalStatistic | null {
  if (metric.id === "ka") return "ka";
  if (metric.id === "cka" && variant === "biased") return "cka";
  if (metric.id === "cka" && variant === "debiased") return "cka.debiased";
  return metric.id === "dcor2" && variant === "biased" ? "dcor2" : null;
}

/** Intervals over samples for the readings that have them. Debiased estimates have the jackknife alone. */
export async function sampleIntervals(
  matrices: ReadonlyMap<Reading, MetricMatrix>,
  { set, input, rows, columns }: Compared,
  { method, level, resamples }: Required<AskedIntervals>,
  options: Omit<TestOptions, "permutations" | "quantile" | "normalization">,
): Promise<Map<Reading, Intervals>> {
  const found = new Map<Reading, Intervals>();
  const operators = input.groups.flat();
  const asked = [...matrices].flatMap(([reading, matrix]) => {
    const statistic = statisticOf(reading);
    return statistic === null || (statistic === "cka.debiased" && method === "bootstrap")
      ? []
      : [{ reading, matrix, statistic }];
  });
  for (const [done, { reading, matrix, statistic }] of asked.entries()) {
    const [request] = requestsOf(reading as Reading<TableMetric>);
    const members = new Map<number, number>();
    const group: (typeof operators)[number][] = [];
    const member = (layer: number): number | null => {
      const place = set.place(request!, layer);
      if (!("operator" in place)) return null;
      const known = members.get(place.operator);
      if (known !== undefined) return known;
      members.set(place.operator, group.push(operators[place.operator]!) - 1);
      return group.length - 1;
    };
    const cells = cellsOf(rows, columns, true).flatMap((cell) => {
      const [a, b] = [member(cell.row), member(cell.column)];
      return a === null || b === null ? [] : [{ cell, a, b }];
    });
    const low = new Float64Array(matrix.values.length).fill(NaN);
    const high = new Float64Array(matrix.values.length).fill(NaN);
    const samples = { method, level, resamples: method === "bootstrap" ? resamples : input.samples, low, high };
    found.set(reading, samples);
    // A layer is as alike to itself in every sample.
    for (const [i, row] of rows.entries()) {
      for (const [j, column] of columns.entries()) {
        const k = i * columns.length + j;
        if (row === column) low[k] = high[k] = matrix.values[k]!;
      }
    }
    if (cells.length === 0) continue;
    const pairs = Uint32Array.from(cells.flatMap(({ a, b }) => [a, b]));
    const settings = {
      ...options,
      level,
      onProgress: (part: number, of: number): void =>
        options.onProgress?.({ phase: "intervals", done: done * of + part, total: asked.length * of }),
    };
    const job = { samples: input.samples, groups: [group], pairs };
    const intervals =
      method === "jackknife"
        ? await jackknifeIntervals(job, statistic, settings)
        : await bootstrapIntervals(job, statistic as Exclude<IntervalStatistic, "cka.debiased">, {
            ...settings,
            replicates: resamples,
          });
    for (const [c, { cell }] of cells.entries()) {
      for (const place of cell.places) {
        if (matrix.status[place] !== 0) continue;
        low[place] = intervals.lower[c]!;
        high[place] = intervals.upper[c]!;
      }
    }
  }
  return found;
}
