// productsJob at the boundary: what does not fit is refused before anything runs, and what fits is the product.
import { expect, test } from "vitest";

import { native } from "../../lib/native.ts";

type Loose = Record<string, unknown>;

const raw = native() as unknown as { productsJob: (...args: unknown[]) => unknown };

const matrix = (rows: number, cols: number): Loose => ({
  data: Float64Array.from({ length: rows * cols }, (_, i) => i + 1),
  dtype: "f64",
  rows,
  cols,
});

const product = (changes: Loose = {}): Loose => ({
  left: matrix(3, 2),
  right: matrix(3, 4),
  transposed: true,
  leftFrom: 0,
  leftCount: 2,
  rightCount: 4,
  out: new Float64Array(8),
  ...changes,
});

test.each([
  ["columns of the left beyond its width", { leftFrom: 1 }],
  ["no column", { leftCount: 0 }],
  ["a first column beyond the width", { leftFrom: 2, leftCount: 1 }],
  ["columns of the right beyond its width", { rightCount: 5 }],
  ["an output of another length", { out: new Float64Array(7) }],
  ["an output of another type", { out: new Float32Array(8) }],
  ["inner sides that differ", { right: matrix(2, 4) }],
  [
    "inner sides that differ the other way round",
    { transposed: false, right: matrix(3, 4), out: new Float64Array(12) },
  ],
  ["numbers that are none", { leftCount: "2" }],
  ["no matrix", { left: null }],
])("%s: refused", (_, changes) => {
  const start = (): unknown =>
    raw.productsJob([product(changes)], 1, null, () => {
      throw new Error("the job was started");
    });
  expect(start).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }) as Error);
});

test("leftᵀ·right and left·right of the columns asked for", async () => {
  const first = product({ leftFrom: 1, leftCount: 1, rightCount: 2, out: new Float64Array(2) });
  const second = product({ transposed: false, right: matrix(2, 1), rightCount: 1, out: new Float64Array(3) });
  await new Promise<void>((resolve, reject) => {
    raw.productsJob([first, second], 2, null, (error: unknown) =>
      error === null ? resolve() : reject(error as Error),
    );
  });
  // Left is [[1,2],[3,4],[5,6]], right [[1,2,3,4],[5,6,7,8],[9,10,11,12]].
  expect(first["out"]).toEqual(Float64Array.of(2 + 20 + 54, 4 + 24 + 60));
  expect(second["out"]).toEqual(Float64Array.of(1 + 4, 3 + 8, 5 + 12));
});
