import { describe, expect, it } from "vitest";

import { pageData } from "../../lib/report/html/page-data.ts";
import { pack } from "../../lib/report/pack.ts";
import { moved } from "../../lib/report/page/cursor.ts";
import { readModel } from "../../lib/report/page/model.ts";
import { unpack } from "../../lib/report/page/unpack.ts";
import { generator, largeComparison, smallComparison, symmetricComparison } from "./sample.ts";

describe("numbers for the page", () => {
  const random = generator(1);
  const numbers = Float64Array.from({ length: 1000 }, () => (random() - 0.5) * 10 ** (random() * 12 - 6));
  numbers.set([0, -0, Number.NaN, 1, 1e30], 0);

  it("come back as f32", async () => {
    expect(await unpack(pack(numbers, 4), 4)).toEqual(Float32Array.from(numbers));
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
