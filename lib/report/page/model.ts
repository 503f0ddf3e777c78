import { closestInRow, type Closest } from "../closest.ts";
import type { PageAxis, PageData, PageMetric, PageQuantity } from "../page-data.ts";
import type { Scale } from "../scale.ts";
import { unfolded, unpack } from "./unpack.ts";

/** A scale with its colours: six hexadecimal digits a level. */
export interface ColourScale extends Scale {
  readonly palette: string;
}

/** Numbers to colour cells by. NaN where a cell has none. */
export interface Quantity extends Omit<PageQuantity, "values" | "scales"> {
  readonly values: Float32Array;
  readonly scales: readonly ColourScale[];
}

export interface Test {
  readonly quantile: number;
  readonly pValues: Float32Array;
  readonly holm: Float32Array;
  readonly benjaminiHochberg: Float32Array;
  readonly nullMean: Float32Array;
  readonly nullQuantile: Float32Array;
  readonly calibrated: Float32Array | null;
}

export interface Intervals {
  readonly level: number;
  readonly low: Float32Array;
  readonly high: Float32Array;
}

/** A metric with its numbers. */
export interface Metric extends Omit<PageMetric, "errors" | "missing" | "quantities" | "test" | "intervals"> {
  readonly values: Float32Array;
  readonly bounded: boolean;
  readonly errors: Float32Array | null;
  /** Index into `reasons` plus one; 0 where the value is a finite number. */
  readonly status: Uint16Array;
  readonly quantities: readonly Quantity[];
  readonly test: Test | null;
  readonly intervals: Intervals | null;
  /** For each row the closest columns; empty where values do not say which is the closest. */
  readonly closest: readonly Closest[];
}

export interface Model extends Omit<PageData, "metrics" | "palettes"> {
  readonly metrics: readonly Metric[];
}

type Unpacker = (text: string, bytes: 4 | 3 | 2) => Promise<Float32Array>;

async function readTest(page: PageMetric, quantities: readonly Quantity[], read: Unpacker): Promise<Test | null> {
  const { test } = page;
  const pValues = quantities.find(({ id }) => id === "p")?.values;
  if (test === null || pValues === undefined) return null;
  return {
    quantile: test.quantile,
    pValues,
    holm: await read(test.holm, 4),
    benjaminiHochberg: await read(test.benjaminiHochberg, 4),
    nullMean: await read(test.nullMean, page.besideBytes),
    nullQuantile: await read(test.nullQuantile, page.besideBytes),
    calibrated: quantities.find(({ id }) => id === "calibrated")?.values ?? null,
  };
}

async function readIntervals(page: PageMetric, values: Float32Array, read: Unpacker): Promise<Intervals | null> {
  if (page.intervals === null) return null;
  const below = await read(page.intervals.below, page.besideBytes);
  const above = await read(page.intervals.above, page.besideBytes);
  return {
    level: page.intervals.level,
    low: values.map((value, k) => value - (below[k] ?? Number.NaN)),
    high: values.map((value, k) => value + (above[k] ?? Number.NaN)),
  };
}

async function readMetric(page: PageMetric, data: PageData): Promise<Metric> {
  const [rows, columns] = [data.rows.names.length, data.columns.names.length];
  const read: Unpacker = async (text, bytes) => {
    const numbers = await unpack(text, bytes);
    return numbers.length < rows * columns ? unfolded(numbers, rows) : numbers;
  };
  const quantities = await Promise.all(
    page.quantities.map(async (quantity) => ({
      ...quantity,
      values: await read(quantity.values, 4),
      scales: quantity.scales.map((scale) => ({ ...scale, palette: data.palettes[scale.palette] ?? "" })),
    })),
  );
  const value = quantities[0];
  if (value === undefined) throw new Error("A metric has no values.");
  const status = new Uint16Array(rows * columns);
  for (const [first, count, reason] of page.missing) status.fill(reason + 1, first, first + count);
  const { closestIs } = page;
  const own = (row: number): number => (data.symmetric ? row : -1);
  return {
    ...page,
    values: value.values,
    bounded: value.bounded,
    errors: page.errors === null ? null : await read(page.errors, 2),
    status,
    quantities,
    test: await readTest(page, quantities, read),
    intervals: await readIntervals(page, value.values, read),
    closest:
      closestIs === null
        ? []
        : Array.from({ length: rows }, (_, row) => closestInRow(value.values, columns, row, own(row), closestIs)),
  };
}

/** Reads the data that the report carries. */
export async function readModel(text: string): Promise<Model> {
  const page = JSON.parse(text) as PageData;
  return { ...page, metrics: await Promise.all(page.metrics.map((metric) => readMetric(metric, page))) };
}

/** The name of a layer's file or model; empty when it has none. */
export function sourceOf(axis: PageAxis, index: number): string {
  return axis.groups.find(({ first, count }) => index >= first && index < first + count)?.label ?? "";
}
