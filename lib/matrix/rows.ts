import { checkInteger, expected } from "../check.ts";
import { emptyElements } from "./typed-array.ts";
import type { NativeMatrix } from "../native.ts";

/** Row numbers as a caller gives them: any array of integers. */
export type RowIndices = ArrayLike<number>;

/** Row numbers of a matrix of n rows: at least one, in any order, repetitions welcome. */
export function checkRows(rows: RowIndices, samples: number, name: string): void {
  if (typeof rows !== "object" || rows === null || !Number.isSafeInteger(rows.length) || rows.length < 1) {
    throw expected("an array of at least one row number", name, rows);
  }
  for (let i = 0; i < rows.length; i++) checkInteger(rows[i], `${name}[${i}]`, { min: 0, max: samples - 1 });
}

/** The rows in the order given, copied. The numbers must have been checked. */
export function gatherRows(matrix: NativeMatrix, rows: RowIndices): NativeMatrix {
  const { data, dtype, cols } = matrix;
  const own = emptyElements(dtype, rows.length * cols);
  for (let i = 0; i < rows.length; i++) {
    const from = (rows[i] as number) * cols;
    own.set(data.subarray(from, from + cols), i * cols);
  }
  return { data: own, dtype, rows: rows.length, cols };
}
