import { formatError, formatP, formatValue, typographic } from "../format.ts";
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

/** What a test and intervals say of a cell: one entry a column of {@link factTitles}, empty where there is no number. */
export function cellFacts(metric: Metric, index: number): string[] {
  const { test, intervals, bounded } = metric;
  const facts: string[] = [];
  const shown = (values: Float32Array | null, format: (value: number) => string): string => {
    const value = values?.[index] ?? Number.NaN;
    return Number.isNaN(value) ? "" : typographic(format(value));
  };
  const asValue = (value: number): string => formatValue(value, bounded);
  if (intervals !== null) {
    const [low, high] = [shown(intervals.low, asValue), shown(intervals.high, asValue)];
    facts.push(low === "" || high === "" ? "" : `[${low}, ${high}]`);
  }
  if (test !== null) {
    facts.push(
      shown(test.pValues, formatP),
      shown(test.holm, formatP),
      shown(test.benjaminiHochberg, formatP),
      shown(test.nullMean, asValue),
      shown(test.nullQuantile, asValue),
    );
    if (test.calibrated !== null) facts.push(shown(test.calibrated, (value) => formatValue(value, true)));
  }
  return facts;
}

/** The titles of what {@link cellFacts} says. */
export function factTitles({ test, intervals }: Metric): string[] {
  const share = (value: number): string => `${Number((value * 100).toPrecision(4))} %`;
  return [
    ...(intervals === null ? [] : [`${share(intervals.level)} interval`]),
    ...(test === null ? [] : ["p", "p, Holm", "p, Benjamini–Hochberg", "Null mean", `Null ${share(test.quantile)}`]),
    ...(test?.calibrated == null ? [] : ["Calibrated"]),
  ];
}
