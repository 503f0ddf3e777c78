import { breaths } from "../breath.ts";
import { widen } from "../half.ts";
import { matrixOf, type Representation } from "../representation.ts";

/** The entries in f64, without a copy where they are. Not to be written to. */
export function valuesOf(representation: Representation): Float64Array {
  const { data, dtype } = matrixOf(representation);
  return dtype === "f64" ? (data as Float64Array) : widen(data, dtype);
}

/** ‖a_i − b_i‖² of every row i, for layers of one shape. */
export async function rowErrors(a: Representation, b: Representation): Promise<Float64Array> {
  const [x, y, width] = [valuesOf(a), valuesOf(b), a.features];
  const errors = new Float64Array(a.samples);
  const breath = breaths();
  for (let i = 0; i < errors.length; i += 1) {
    let sum = 0;
    for (let k = i * width; k < (i + 1) * width; k += 1) sum += (x[k]! - y[k]!) ** 2;
    errors[i] = sum;
    if (i % 64 === 0) await breath();
  }
  return errors;
}

/** The mean of `values` over these rows; over all where there are none. */
export function meanOver(values: Float64Array | Uint8Array, rows: ArrayLike<number> | null): number {
  const count = rows === null ? values.length : rows.length;
  let sum = 0;
  for (let i = 0; i < count; i += 1) sum += values[rows === null ? i : rows[i]!]!;
  return sum / count;
}
