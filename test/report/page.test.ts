import { describe, expect, it } from "vitest";

import { pageData } from "../../lib/report/html/page-data.ts";
import { pack } from "../../lib/report/pack.ts";
import { moved } from "../../lib/report/page/cursor.ts";
import { readModel } from "../../lib/report/page/model.ts";
import { unpack } from "../../lib/report/page/unpack.ts";
import { familiesComparison } from "./families-sample.ts";
import { generator, largeComparison, smallComparison, symmetricComparison } from "./sample.ts";

describe("numbers for the page", () => {
  const random = generator(1);
  const numbers = Float64Array.from({ length: 1000 }, () => (random() - 0.5) * 10 ** (random() * 12 - 6));
  numbers.set([0, -0, Number.NaN, 1, 1e30], 0);

  it("come back as f32", async () => {
    expect(await unpack(pack(numbers, 4), 4)).toEqual(Float32Array.from(numbers));
  });

  it("come back from three bytes to the nearest of sixteen bits", async () => {
    const back = await unpack(pack(numbers, 3), 3);
    for (const [i, number] of numbers.entries()) {
      // Half a unit in the last of sixteen bits of significand, and f32's own rounding before it.
      if (!Number.isNaN(number))
        expect(Math.abs(back[i]! - number)).toBeLessThanOrEqual(Math.abs(number) * (2 ** -16 + 2 ** -24));
      else expect(back[i]).toBeNaN();
    }
  });

  it("come back from two bytes to the nearest of eight bits", async () => {
    const back = await unpack(pack(numbers, 2), 2);
    let worst = -Infinity;
    expect([...back].map(Number.isNaN)).toEqual([...numbers].map(Number.isNaN));
    for (const [i, number] of numbers.entries()) {
      // Half a unit in the last of eight bits of significand, and f32's own rounding before it.
      const allowed = Math.abs(number) * (2 ** -8 + 2 ** -24);
      if (!Number.isNaN(number)) worst = Math.max(worst, Math.abs((back[i] ?? 0) - number) - allowed);
    }
    expect(worst).toBeLessThanOrEqual(0);
  });
});

describe("the data of the page", () => {
  it.each([
    ["two networks", smallComparison()],
    ["one with itself, as a triangle", symmetricComparison()],
    ["many families, with infinite values", familiesComparison()],
    ["many layers with missing values", largeComparison(60, true)],
  ])("of %s holds every value, status and reason", async (_, data) => {
    const model = await readModel(JSON.stringify(pageData(data)));
    for (const [m, matrix] of data.matrices.entries()) {
      const metric = model.metrics[m]!;
      expect(metric.values).toEqual(Float32Array.from(matrix.values));
      expect(metric.status).toEqual(matrix.status);
      expect(metric.reasons).toEqual(matrix.reasons);
      expect(metric.errors === null).toBe(matrix.errors === null);
    }
  });
});

describe("tests and intervals of the page", () => {
  const sixDigits = (p: number): number => Number(p.toPrecision(6));

  it("are those of the result, a mirror image or not", async () => {
    const data = familiesComparison();
    const [first] = data.matrices;
    const lopsided = { ...first!.test!, nullMean: first!.test!.nullMean.map((value, k) => value + k / 1e4) };
    const changed = { ...data, matrices: [{ ...first!, test: lopsided }, ...data.matrices.slice(1)] };
    const model = await readModel(JSON.stringify(pageData(changed)));
    for (const [m, { test, intervals }] of changed.matrices.entries()) {
      const metric = model.metrics[m]!;
      expect(metric.test === null).toBe(test === null);
      if (test === null || metric.test === null) continue;
      expect(metric.test.pValues).toEqual(test.pValues.map(sixDigits));
      expect(metric.test.holm).toEqual(test.holm.map(sixDigits));
      expect(metric.test.benjaminiHochberg).toEqual(test.benjaminiHochberg.map(sixDigits));
      const near = (found: ArrayLike<number> | null, expected: Float64Array, size: Float64Array = expected): void => {
        for (const [k, value] of expected.entries()) {
          if (Number.isNaN(value)) expect(found![k]).toBeNaN();
          // Three bytes of an f32 have sixteen bits of significand: half a unit, and as much for f32's own rounding and sums.
          else expect(Math.abs(found![k]! - value)).toBeLessThanOrEqual(2 ** -16 * Math.abs(size[k]!));
        }
      };
      near(metric.test.nullMean, test.nullMean);
      near(metric.test.nullQuantile, test.nullQuantile);
      near(metric.test.calibrated, test.calibrated!);
      // What is packed of an interval's end is how far it is from the value.
      const sizes = changed.matrices[m]!.values.map((value) => Math.abs(value) + 0.03);
      near(metric.intervals!.low, intervals!.low, sizes);
      near(metric.intervals!.high, intervals!.high, sizes);
    }
  });
});

describe("keys", () => {
  const at = { row: 4, column: 2 };
  it.each([
    ["ArrowUp", false, { row: 3, column: 2 }],
    ["ArrowDown", true, { row: 49, column: 2 }],
    ["ArrowLeft", false, { row: 4, column: 1 }],
    ["ArrowRight", true, { row: 4, column: 9 }],
    ["Home", false, { row: 4, column: 0 }],
    ["End", false, { row: 4, column: 9 }],
    ["Home", true, { row: 0, column: 0 }],
    ["End", true, { row: 49, column: 9 }],
    ["PageUp", false, { row: 0, column: 2 }],
    ["PageDown", false, { row: 9, column: 2 }],
  ])("%s (Ctrl: %s)", (key, control, cell) => {
    expect(moved(key, control, at, 50, 10)).toEqual(cell);
  });

  it("stay inside, and leave other keys alone", () => {
    expect(moved("ArrowUp", false, { row: 0, column: 0 }, 1, 1)).toEqual({ row: 0, column: 0 });
    expect(moved("ArrowRight", false, { row: 0, column: 0 }, 1, 1)).toEqual({ row: 0, column: 0 });
    expect(moved("Tab", false, at, 50, 10)).toBeNull();
  });
});
