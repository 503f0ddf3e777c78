import { emptyElements } from "./typed-array.ts";

/** The transpose, cols×rows, of a row-major matrix rows×cols; of a longer array, of its first rows. */
export function transposed(values: Float64Array, rows: number, cols: number): Float64Array {
  const turned = emptyElements("f64", rows * cols) as Float64Array;
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < cols; j += 1) turned[j * rows + i] = values[i * cols + j]!;
  }
  return turned;
}
