import type { Choice, Metric, Outcome } from "./metrics/metric.ts";

/** The outcome of one reading for two layers, by their indices: the row's and the column's. */
export type Reader = (row: number, column: number) => Outcome;

/** Whether the value belongs to the way back, from the column layer to the row layer. */
export function isBackward(metric: Pick<Metric, "symmetric">, choice: Choice): boolean {
  return !metric.symmetric && choice.variant === "backward";
}
