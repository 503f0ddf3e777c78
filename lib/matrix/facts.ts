import { DataError } from "../errors.ts";
import { reader } from "../half.ts";
import { runJob } from "../job.ts";
import { callNative } from "../native-error.ts";
import { native, type NativeFacts, type NativeMatrix } from "../native.ts";

/** The one pass over a matrix, on this thread. */
export function findFacts(matrix: NativeMatrix): NativeFacts {
  return callNative(() => native().facts(matrix));
}

/** The one pass over a matrix, off this thread. */
export function findFactsAsync(matrix: NativeMatrix, signal?: AbortSignal): Promise<NativeFacts> {
  return runJob<NativeFacts>((_progress, done) => native().factsJob(matrix, done), { signal });
}

/** Refuse NaN and infinities, and say where the first one is. */
export function checkFinite(facts: NativeFacts, matrix: NativeMatrix, what: string): void {
  if (facts.nonFinite === 0) return;
  const { nonFinite: count, nonFiniteRow: row, nonFiniteColumn: column } = facts;
  const value = reader(matrix.data, matrix.dtype)(row * matrix.cols + column);
  throw new DataError(
    "NON_FINITE",
    `Expected finite numbers for ${what} but received ${count} that ${count === 1 ? "is" : "are"} not, ` +
      `the first at row ${row}, column ${column}: ${value} of type number.`,
    { count, row, column, value },
  );
}
