import { UsageError } from "./usage-error.ts";

/** The error of an option that would do nothing by itself: whoever typed it expected something of it. */
export function needsBeside(option: string, other: string): UsageError {
  return new UsageError(`Expected ${other} beside ${option}.`, `${option} alone changes nothing.`);
}
