import { describe, expect, it } from "vitest";

import { colourOf, palette } from "../../lib/report/colours.ts";
import { inkOn } from "../../lib/report/ink.ts";
import { levelOf, levels, ticks, valueOfLevel, type Scale } from "../../lib/report/scale.ts";
import { scaleGroups } from "../../lib/report/scale-groups.ts";
import { significance } from "../../lib/report/significance.ts";
import type { PermutationTest } from "../../lib/result.ts";
import { largeComparison, matrix, smallComparison } from "./sample.ts";

const linear: Scale = { id: "full", low: 0, high: 1, logarithmic: false };
const signed: Scale = { id: "full", low: -0.13, high: 1, logarithmic: false };
const log: Scale = { id: "log", low: 1e-3, high: 1e3, logarithmic: true };

describe("a scale", () => {
  it.each([linear, signed, log])("gives the middle of each level that level", (scale) => {
    for (let level = 0; level < levels; level++) expect(levelOf(valueOfLevel(level, scale), scale)).toBe(level);
  });

  it("takes values beyond its ends as the ends, and a value without logarithm as the low one", () => {
    expect(levelOf(-5, linear)).toBe(0);
    expect(levelOf(5, linear)).toBe(levels - 1);
    expect(levelOf(0, log)).toBe(0);
    expect(levelOf(1, { ...linear, low: 1 })).toBe(levels - 1);
  });

  it("keeps the sign of a value in its colour, however small the value", () => {
    const colours = palette(signed);
    const below = new Set(colours.filter((_, level) => valueOfLevel(level, signed) < 0).map(String));
    for (const value of [0, 1e-12, 1e-3]) expect(below.has(String(colours[levelOf(value, signed)]))).toBe(false);
    for (const value of [-1e-12, -1e-3, -0.1]) expect(below.has(String(colours[levelOf(value, signed)]))).toBe(true);
  });

  it("has ticks that are round, inside it and reach across it", () => {
    expect(ticks(linear, 6)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(ticks(signed, 6)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(ticks(log, 7)).toEqual([1e-3, 1e-2, 1e-1, 1, 10, 100, 1000]);
    expect(ticks({ ...linear, low: 0.61, high: 0.63 }, 4)).toEqual([0.61, 0.615, 0.62, 0.625, 0.63]);
    expect(ticks({ ...linear, low: 1 }, 4)).toEqual([1]);
  });
});

describe("comparable metrics", () => {
  it("share a scale from the least value to the bound; others have their own", () => {
    const [bounded, hsic] = scaleGroups(smallComparison().matrices);
    expect(bounded?.matrices).toEqual([0, 1, 2]);
    expect(bounded?.scales[0]).toMatchObject({ id: "full", high: 1, logarithmic: false });
    // The debiased values go below zero, to −0.0936; the scale's end is rounded away from zero.
    expect(bounded?.scales[0]?.low).toBe(-0.094);
    expect(hsic?.matrices).toEqual([3]);
    // The values of HSIC span three orders of magnitude.
    expect(hsic?.scales[0]?.id).toBe("log");
    expect(hsic?.scales.map(({ id }) => id)).toContain("full");
  });

  it("without a single value still have a scale", () => {
    const none = matrix({ rows: 1, columns: 1 }, { key: "none" }, () => Number.NaN);
    expect(scaleGroups([none])).toEqual([
      { matrices: [0], extent: null, scales: [{ id: "full", low: 0, high: 1, logarithmic: false }] },
    ]);
  });

  it("of 40,000 values reach from end to end", () => {
    const { matrices } = largeComparison();
    const [group] = scaleGroups(matrices);
    const [low, high] = group?.extent ?? [0, 0];
    for (const { values, status } of matrices) {
      expect(values.every((value, k) => status[k] !== 0 || (value >= low && value <= high))).toBe(true);
    }
    expect(matrices.some(({ values }) => values.includes(low))).toBe(true);
    expect(matrices.some(({ values }) => values.includes(high))).toBe(true);
  });
});

describe("what a permutation test tells from chance", () => {
  const test = (permutations: number, pairs: number, values: number[]): PermutationTest => {
    const holm = Float64Array.from(values);
    const none = holm.map(() => Number.NaN);
    return {
      permutations,
      seed: 1,
      pairs,
      quantile: 0.95,
      pValues: holm,
      holm,
      benjaminiHochberg: holm,
      nullMean: none,
      nullQuantile: none,
      calibrated: null,
    };
  };
  const mirrored = [NaN, 0.01, 0.2, 0.01, NaN, 0.04, 0.2, 0.04, NaN];

  it("is counted by cell, and permutations that cannot find anything are called too few", () => {
    expect(significance(test(100, 3, mirrored))).toEqual({ found: 4, tested: 6, needed: null });
    // Three pairs: the least p after Holm is 3/(B + 1), below 0.05 from B = 60 on.
    expect(significance(test(60, 3, mirrored)).needed).toBeNull();
    expect(significance(test(59, 3, mirrored)).needed).toBe(60);
    // A directed metric has six pairs in the same cells.
    expect(significance(test(119, 6, mirrored)).needed).toBe(120);
  });
});

describe("colours", () => {
  it("grow lighter away from zero on either side", () => {
    const lightness = (value: number): number => {
      const [red, green, blue] = colourOf(value, { ...linear, low: -1 });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    for (let step = 1; step <= 20; step++) {
      expect(lightness(step / 20)).toBeGreaterThan(lightness((step - 1) / 20));
      expect(lightness(-step / 20)).toBeGreaterThan(lightness(-(step - 1) / 20 - 1e-9));
    }
  });

  it("carry black or white text at a contrast of 4.5 at least", () => {
    const part = (share: number): number => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4);
    for (const colour of [...palette({ ...linear, low: -1 }), ...palette(linear)]) {
      const [red, green, blue] = colour;
      const luminance = 0.2126 * part(red / 255) + 0.7152 * part(green / 255) + 0.0722 * part(blue / 255);
      const contrast = inkOn(colour) === "#000" ? (luminance + 0.05) / 0.05 : 1.05 / (luminance + 0.05);
      // WCAG 2.2, success criterion 1.4.3; black or white always reaches √21 ≈ 4.58.
      expect(contrast).toBeGreaterThan(4.5);
    }
  });
});
