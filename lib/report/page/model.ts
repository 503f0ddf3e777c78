import { closestInRow, type Closest } from "../closest.ts";
import type { PageAxis, PageData, PageIntervals, PageMetric, PageQuantity, PageTest } from "../page-data.ts";
import type { Scale } from "../scale.ts";
import { unfolded, unpack } from "./unpack.ts";

/** A scale with its colours: six hexadecimal digits a level. */
export interface ColourScale extends Scale {
  readonly palette: string;
}

/** Numbers to colour cells by. NaN where a cell has none. */
export interface Quantity extends Omit<PageQuantity, "values" | "scales"> {
  readonly values: Float32Array | Float64Array;
  readonly scales: readonly ColourScale[];
}

export interface Test {
  readonly quantile: number;
  readonly pValues: Float64Array;
  readonly holm: Float64Array;
  readonly benjaminiHochberg: Float64Array;
  /** Null where the page had no room for them. */
  readonly nullMean: Float32Array | null;
  readonly nullQuantile: Float32Array | null;
  readonly calibrated: Float32Array | Float64Array | null;
}

export interface Intervals {
  readonly level: number;
  readonly low: Float32Array | Float64Array;
  readonly high: Float32Array | Float64Array;
}

/** A metric with its numbers. */
export interface Metric extends Omit<PageMetric, "errors" | "missing" | "quantities" | "test" | "intervals"> {
  readonly values: Float32Array | Float64Array;
  readonly bounded: boolean;
  readonly errors: Float32Array | null;
  /** Index into `reasons` plus one; 0 where the value is a finite number. */
  readonly status: Uint16Array;
  readonly quantities: readonly Quantity[];
  readonly test: Test | null;
  /** False where calibrated scores have no more than two digits. */
  readonly precise: boolean;
  readonly intervals: Intervals | null;
  /** For each row the closest columns; empty where values do not say which is the closest. */
  readonly closest: readonly Closest[];
}

export interface Model extends Omit<PageData, "metrics" | "palettes" | "besideBytes"> {
  readonly metrics: readonly Metric[];
}

type Unpacker = (text: string, bytes: 4 | 3 | 2) => Promise<Float32Array>;

/** A test without its calibrated scores, which are one of the quantities. */
async function readTest(test: PageTest, bytes: 3 | 2, read: Unpacker): Promise<Omit<Test, "calibrated">> {
  const triples = await read(test.triples, 4);
  const listed = (numbers: readonly number[]): Float64Array =>
    Float64Array.from(triples, (index) => (Number.isNaN(index) ? Number.NaN : (numbers[index] ?? Number.NaN)));
  return {
    quantile: test.quantile,
    pValues: listed(test.p),
    holm: listed(test.holm),
    benjaminiHochberg: listed(test.benjaminiHochberg),
    nullMean: test.nullMean === null ? null : await read(test.nullMean, bytes),
    nullQuantile: test.nullQuantile === null ? null : await read(test.nullQuantile, bytes),
  };
}

async function readIntervals(
  { level, below, above }: PageIntervals,
  values: Float32Array | Float64Array,
  bytes: 3 | 2,
  read: Unpacker,
): Promise<Intervals> {
  const [down, up] = [await read(below, bytes), await read(above, bytes)];
  return {
    level,
    low: values.map((value, k) => value - (down[k] ?? Number.NaN)),
    high: values.map((value, k) => value + (up[k] ?? Number.NaN)),
  };
}

async function readMetric(page: PageMetric, data: PageData): Promise<Metric> {
  const [rows, columns, bytes] = [data.rows.names.length, data.columns.names.length, data.besideBytes];
  const read: Unpacker = async (text, size) => {
    const numbers = await unpack(text, size);
    return numbers.length < rows * columns ? unfolded(numbers, rows) : numbers;
  };
  const test = page.test === null ? null : await readTest(page.test, bytes, read);
  const none = new Float32Array(rows * columns).fill(Number.NaN);
  const quantities = await Promise.all(
    page.quantities.map(async (quantity) => ({
      ...quantity,
      values:
        quantity.values === null
          ? (test?.pValues ?? none)
          : await read(quantity.values, quantity.id === "calibrated" ? bytes : 4),
      scales: quantity.scales.map((scale) => ({ ...scale, palette: data.palettes[scale.palette] ?? "" })),
    })),
  );
  const value = quantities[0];
  if (value === undefined) throw new Error("A metric has no values.");
  const calibrated = quantities.find(({ id }) => id === "calibrated")?.values ?? null;
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
    test: test === null ? null : { ...test, calibrated },
    precise: bytes === 3,
    intervals: page.intervals === null ? null : await readIntervals(page.intervals, value.values, bytes, read),
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
