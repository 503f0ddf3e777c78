import { inspect } from "node:util";

import { describe, expect, test } from "vitest";

import type { DType } from "../../lib/dtype.ts";
import { ArgumentError, DataError } from "../../lib/errors.ts";
import { GramMatrix, gramOf } from "../../lib/gram-matrix.ts";

const three = Float64Array.of(2, 1, 0, 1, 2, 1, 0, 1, 2);

test("what it is asked, it answers", () => {
  const gram = GramMatrix.fromArray(three, 3, { name: "edits", source: "words" });
  expect([gram.name, gram.source, gram.samples, gram.dtype]).toEqual(["edits", "words", 3, "f64"]);
  expect(gram.toFloat64Array()).toEqual(three);
  expect(String(gram)).toBe("edits (3×3 Gram matrix, f64, words)");
  expect(inspect(gram)).toBe("GramMatrix edits (3×3 Gram matrix, f64, words)");
  expect(String(GramMatrix.fromArray(three, 3))).toBe("unnamed (3×3 Gram matrix, f64)");
  expect(GramMatrix.fromArray(Float64Array.of(0), 1).toFloat64Array()).toEqual(Float64Array.of(0));
});

describe("ownership", () => {
  test("copied by default, from shared memory as well", () => {
    const data = new Float64Array(new SharedArrayBuffer(72));
    data.set(three);
    const gram = GramMatrix.fromArray(data, 3);
    data.fill(NaN);
    gram.toFloat64Array().fill(NaN);
    expect(gram.toFloat64Array()).toEqual(three);
    expect(gramOf(gram).data.buffer).toBeInstanceOf(ArrayBuffer);
    expect(Object.isFrozen(gram)).toBe(true);
  });

  test("take leaves the caller an empty array, but only when the call succeeds", () => {
    const data = three.slice();
    data[1] = 5;
    expect(() => GramMatrix.fromArray(data, 3, { take: true })).toThrow(DataError);
    expect(data.length).toBe(9);
    data[1] = 1;
    const gram = GramMatrix.fromArray(data, 3, { take: true });
    expect(data.length).toBe(0);
    expect(gram.toFloat64Array()).toEqual(three);
    const part = new Float64Array(new ArrayBuffer(80), 8, 9);
    expect(() => GramMatrix.fromArray(part, 3, { take: true })).toThrow(/covers the whole of its ArrayBuffer/);
  });

  test("nobody makes one past the checks", () => {
    const make = GramMatrix as unknown as new (...values: unknown[]) => GramMatrix;
    expect(() => new make(Symbol("gramian.GramMatrix"), "x", null, {})).toThrow(ArgumentError);
  });
});

test.each<[string, readonly unknown[], string]>([
  ["too few entries", [three, 4], "SHAPE_MISMATCH"],
  ["n = 0", [new Float64Array(0), 0], "INVALID_ARGUMENT"],
  ["an n whose square overflows", [three, 2 ** 32], "INVALID_ARGUMENT"],
  ["an n whose square is 0 in 32 bits", [new Float64Array(0), 2 ** 16], "SHAPE_MISMATCH"],
  ["a shape", [three, [3, 3]], "INVALID_ARGUMENT"],
  ["bare halves", [new Uint16Array(4), 2], "INVALID_ARGUMENT"],
  ["whole numbers", [new Int32Array(4), 2], "UNSUPPORTED_DTYPE"],
  ["a misspelled option", [three, 3, { Name: "x" }], "INVALID_ARGUMENT"],
])("refused: %s", (_, values, code) => {
  const call = (): unknown => Reflect.apply(GramMatrix.fromArray, GramMatrix, values);
  expect(call).toThrow(ArgumentError);
  expect(call).toThrow(expect.objectContaining({ code }));
});

test("a NaN is named with its place", () => {
  const data = three.slice();
  data[5] = NaN;
  expect(() => GramMatrix.fromArray(data, 3, { name: "edits" })).toThrow(
    /Gram matrix "edits" but received 1 that is not, the first at row 1, column 2: NaN/,
  );
});

describe("symmetry", () => {
  // 200 crosses the edges of the blocks in which the matrix is walked.
  const n = 200;
  const symmetric = Float64Array.from({ length: n * n }, (_, k) => Math.cos(Math.floor(k / n)) * Math.cos(k % n));

  test("the pair that differs most is named", () => {
    const data = symmetric.slice();
    data[3 * n + 150] = 0.25;
    data[150 * n + 3] = -0.5;
    data[7 * n + 9] = (data[9 * n + 7] ?? NaN) + 0.5;
    const call = (): unknown => GramMatrix.fromArray(data, n, { name: "words" });
    expect(call).toThrow(DataError);
    expect(call).toThrow(
      expect.objectContaining({
        code: "NOT_SYMMETRIC",
        message: expect.stringMatching(
          /^Expected a symmetric matrix for Gram matrix "words" but received 0\.25 at row 3, column 150 and -0\.5 of type number at row 150, column 3\. /,
        ),
        details: { row: 3, column: 150, above: 0.25, below: -0.5, tolerance: 1e-10, maxAbs: 1 },
      }),
    );
  });

  test.each([0, 1, 63, 64, 65, 127, 128, 199])("every entry of row %d is looked at", (row) => {
    for (let column = 0; column < n; column++) {
      if (column === row) continue;
      const data = symmetric.slice();
      data[row * n + column] = 2;
      expect(() => GramMatrix.fromArray(data, n)).toThrow(
        expect.objectContaining({
          details: expect.objectContaining({ row: Math.min(row, column), column: Math.max(row, column) }),
        }),
      );
    }
  });

  /** [[4, 1], [x, 4]], x the nearest number to 1 + difference that the type has. */
  const pair = (dtype: DType, difference: number): GramMatrix => {
    const f16 = (value: number): number => 0x3c00 + Math.round((value - 1) * 2 ** 10);
    const bf16 = (value: number): number => 0x3f80 + Math.round((value - 1) * 2 ** 7);
    if (dtype === "f64") return GramMatrix.fromArray(Float64Array.of(4, 1, 1 + difference, 4), 2);
    if (dtype === "f32") return GramMatrix.fromArray(Float32Array.of(4, 1, 1 + difference, 4), 2);
    const lower = dtype === "f16" ? f16(1 + difference) : bf16(1 + difference);
    const [four, one] = dtype === "f16" ? [0x4400, 0x3c00] : [0x4080, 0x3f80];
    return GramMatrix.fromArray(Uint16Array.of(four, one, lower, four), 2, { dtype });
  };

  // The documented tolerances, times the largest magnitude of 4.
  test.each([
    ["f64", 4e-10],
    ["f32", 4e-5],
    ["f16", 2 ** -7],
    ["bf16", 2 ** -4],
  ] as const)("%s entries may differ by %d of what is 4 at most, and the upper one then counts", (dtype, most) => {
    expect([...pair(dtype, most * 0.9).toFloat64Array()]).toEqual([4, 1, 1, 4]);
    expect(() => pair(dtype, most * 1.2)).toThrow(expect.objectContaining({ code: "NOT_SYMMETRIC" }));
  });

  test("an exactly symmetric matrix keeps its bits", () => {
    expect(GramMatrix.fromArray(symmetric, n).toFloat64Array()).toEqual(symmetric);
    const zeros = GramMatrix.fromArray(new Float32Array(9), 3);
    expect([...zeros.toFloat64Array()]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(() => GramMatrix.fromArray(Float64Array.of(0, 5e-324, 0, 0), 2)).toThrow(DataError);
  });
});
