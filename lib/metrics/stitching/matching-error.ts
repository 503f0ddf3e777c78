import type { Sum } from "../../table.ts";
import type { Outcome, TableContext } from "../metric.ts";

/** How many rounding errors of its terms a negative difference may be off 0. */
const roundings = 8;

/**
 * The mean over the samples of a sum of squares that was found as a difference: a fit that is all but perfect leaves no more than the
 * rounding of what it fits, which may fall below 0. What falls further below is told as it is: a Gram matrix that is none.
 */
export function matchingError({ value, magnitude }: Sum, scale: number, { table, rounding }: TableContext): Outcome {
  const zero = value < 0 && -value <= roundings * rounding * magnitude;
  return { value: zero ? 0 : (value * scale) / table!.samples };
}
