import { formatError, formatP, formatShort, formatValue, typographic } from "../format.ts";
import type { Metric } from "./model.ts";

/** What is said of a cell's value. */
export interface CellText {
  readonly value: string;
  readonly error: string;
  /** Why the value is no finite number; empty where it is one. */
  readonly reason: string;
}

export function cellText(metric: Metric, index: number): CellText {
  const reason = metric.reasons[(metric.status[index] ?? 0) - 1] ?? "";
  const value = metric.values[index] ?? Number.NaN;
  const error = metric.errors?.[index] ?? Number.NaN;
  return {
    value: Number.isNaN(value) ? "undefined" : typographic(formatValue(value, metric.bounded)),
    error: Number.isNaN(error) ? "" : typographic(formatError(error)),
    reason,
  };
}

/** A fact about a cell with its title. */
export interface Fact {
  readonly title: string;
  readonly text: (index: number) => string;
}

function fact(title: string, values: Float32Array | Float64Array | null, format: (value: number) => string): Fact[] {
  if (values === null) return [];
  const text = (index: number): string => {
    const value = values[index] ?? Number.NaN;
    return Number.isNaN(value) ? "" : typographic(format(value));
  };
  return [{ title, text }];
}

function percentText(share: number): string {
  return `${Number((share * 100).toPrecision(4))}\u00a0%`;
}

/** What a test and intervals can say of the cells of a metric; a text is empty where there is no number. */
export function factsOf({ test, intervals, bounded, precise }: Metric): Fact[] {
  const asValue = (value: number): string => formatValue(value, bounded);
  const asScore = (value: number): string => (precise ? formatValue(value, true) : formatShort(value, true));
  const facts: Fact[] = [];
  if (intervals !== null) {
    const { low, high, level } = intervals;
    const ends = (value: number, index: number): string => `[${asValue(value)}, ${asValue(high[index] ?? Number.NaN)}]`;
    const text = (index: number): string => {
      const value = low[index] ?? Number.NaN;
      return Number.isNaN(value) ? "" : typographic(ends(value, index));
    };
    facts.push({ title: `${percentText(level)} interval`, text });
  }
  if (test === null) return facts;
  return [
    ...facts,
    ...fact("p", test.pValues, formatP),
    ...fact("p (Holm)", test.holm, formatP),
    ...fact("p (BH)", test.benjaminiHochberg, formatP),
    ...fact("Null mean", test.nullMean, asValue),
    ...fact(`Null ${percentText(test.quantile)}`, test.nullQuantile, asValue),
    ...fact("Calibrated", test.calibrated, asScore),
  ];
}
