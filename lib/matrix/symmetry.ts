import type { DType } from "../dtype.ts";
import { DataError } from "../errors.ts";
import { reader } from "../half.ts";
import type { NativeMatrix } from "../native.ts";

/**
 * How far apart two mirrored entries may be, as a part of the largest entry's magnitude. f64 and f32: what two sums of some thousand
 * products, rounded in different orders, may differ by. f16 and bf16: two units in the last place, for each of the two may have
 * been rounded its own way.
 */
const tolerances: Readonly<Record<DType, number>> = { f64: 1e-10, f32: 1e-5, f16: 2 ** -9, bf16: 2 ** -6 };

/** Walking in square blocks keeps the column-wise half of the accesses in cache. */
const block = 64;

/** Calls `visit` with the positions of every entry above the diagonal and of its mirror image. */
function eachPair(n: number, visit: (upper: number, lower: number) => void): void {
  for (let rows = 0; rows < n; rows += block) {
    for (let columns = rows; columns < n; columns += block) {
      const lastRow = Math.min(rows + block, n);
      const lastColumn = Math.min(columns + block, n);
      for (let i = rows; i < lastRow; i++) {
        for (let j = Math.max(columns, i + 1); j < lastColumn; j++) visit(i * n + j, j * n + i);
      }
    }
  }
}

/**
 * Refuse a matrix that is not symmetric within its element type's tolerance, naming the worst pair.
 * True when it is exactly symmetric.
 */
export function checkSymmetric(matrix: NativeMatrix, maxAbs: number, what: string): boolean {
  const { data, dtype, rows: n } = matrix;
  const value = reader(data, dtype);
  let worst = 0;
  let at = 0;
  eachPair(n, (upper, lower) => {
    const difference = Math.abs(value(upper) - value(lower));
    if (difference > worst) {
      worst = difference;
      at = upper;
    }
  });
  const tolerance = tolerances[dtype];
  if (worst <= tolerance * maxAbs) return worst === 0;
  const row = Math.floor(at / n);
  const column = at % n;
  const above = value(at);
  const below = value(column * n + row);
  throw new DataError(
    "NOT_SYMMETRIC",
    `Expected a symmetric matrix for ${what} but received ${above} at row ${row}, column ${column} and ${below} of type number at ` +
      `row ${column}, column ${row}. Mirrored ${dtype} entries may differ by ${tolerance} of the largest magnitude, ${maxAbs}.`,
    { row, column, above, below, tolerance, maxAbs },
  );
}

/** Make a matrix that is symmetric within tolerance exactly so: each entry below the diagonal becomes its mirror image. */
export function mirrorUpper({ data, rows: n }: NativeMatrix): void {
  eachPair(n, (upper, lower) => {
    data[lower] = data[upper] as number;
  });
}
