import { closestInRow } from "../closest.ts";
import { formatError, formatValue, typographic } from "../format.ts";
import type { PageData, PageMetric } from "../page-data.ts";
import { unfolded, unpack } from "./unpack.ts";

/** A metric with its numbers. */
export interface Metric extends Omit<PageMetric, "values" | "errors" | "missing"> {
  readonly values: Float32Array;
  readonly errors: Float32Array | null;
  /** Index into `reasons` plus one; 0 where the value exists. */
  readonly status: Uint16Array;
  /** For each row the column with the greatest value; empty unless the metric is a similarity. */
  readonly closest: readonly { readonly best: number; readonly second: number }[];
}

export interface Model extends Omit<PageData, "metrics"> {
  readonly metrics: readonly Metric[];
}

async function readMetric(page: PageMetric, rows: number, columns: number, symmetric: boolean): Promise<Metric> {
  const whole = (numbers: Float32Array): Float32Array => (page.triangle ? unfolded(numbers, rows) : numbers);
  const values = whole(await unpack(page.values, 4));
  const errors = page.errors === null ? null : whole(await unpack(page.errors, 2));
  const status = new Uint16Array(rows * columns);
  for (const [first, count, reason] of page.missing) status.fill(reason + 1, first, first + count);
  const closest = page.similarity
    ? Array.from({ length: rows }, (_, row) => closestInRow(values, columns, row, symmetric ? row : -1))
    : [];
  return { ...page, values, errors, status, closest };
}

/** Reads the data that the report carries. */
export async function readModel(text: string): Promise<Model> {
  const page = JSON.parse(text) as PageData;
  const [rows, columns] = [page.rows.names.length, page.columns.names.length];
  const metrics = await Promise.all(page.metrics.map((entry) => readMetric(entry, rows, columns, page.symmetric)));
  return { ...page, metrics };
}

/** The name of a layer's file or model; empty when it has none. */
export function sourceOf(axis: PageData["rows"], index: number): string {
  return axis.groups.find(({ first, count }) => index >= first && index < first + count)?.label ?? "";
}

export interface CellText {
  readonly value: string;
  readonly error: string;
  readonly reason: string;
}

/** What is said of a cell. */
export function cellText(metric: Metric, index: number): CellText {
  const status = metric.status[index] ?? 0;
  if (status > 0) return { value: "undefined", error: "", reason: metric.reasons[status - 1] ?? "" };
  const error = metric.errors?.[index] ?? Number.NaN;
  return {
    value: typographic(formatValue(metric.values[index] ?? Number.NaN, metric.bounded)),
    error: Number.isNaN(error) ? "" : typographic(formatError(error)),
    reason: "",
  };
}
