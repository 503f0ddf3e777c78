import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { benjaminiHochberg, holm } from "../../lib/resampling/adjust.ts";

const numbers = (...values: number[]): Float64Array => Float64Array.from(values);
/** To the rounding of one product. */
const near = (values: readonly number[]): unknown[] =>
  values.map((value) => (Number.isNaN(value) ? NaN : (expect.closeTo(value, 15) as unknown)));

describe("Holm", () => {
  it.each([
    // By hand: (m − rank)·p, never falling.
    [
      [0.01, 0.02, 0.03, 0.04, 0.05],
      [0.05, 0.08, 0.09, 0.09, 0.09],
    ],
    [
      [0.04, 0.01, 0.01],
      [0.04, 0.03, 0.03],
    ],
    [
      [0.5, 0.9],
      [1, 1],
    ],
    [
      [NaN, 0.02, NaN, 0.01],
      [NaN, 0.02, NaN, 0.02],
    ],
    [[], []],
  ])("of %j is %j", (given, wanted) => {
    expect([...holm(numbers(...given))]).toEqual(near(wanted));
  });
});

describe("Benjamini and Hochberg", () => {
  it.each([
    // By hand: m/rank·p, the least of what follows.
    [
      [0.01, 0.02, 0.03, 0.04, 0.05],
      [0.05, 0.05, 0.05, 0.05, 0.05],
    ],
    [
      [0.9, 0.001, 0.02],
      [0.9, 0.003, 0.03],
    ],
    [
      [0.04, 0.04, 0.04],
      [0.04, 0.04, 0.04],
    ],
    [
      [NaN, 0.02, 0.9],
      [NaN, 0.04, 0.9],
    ],
    [[], []],
  ])("of %j is %j", (given, wanted) => {
    expect([...benjaminiHochberg(numbers(...given))]).toEqual(near(wanted));
  });
});

describe.each([
  ["Holm", holm],
  ["Benjamini and Hochberg", benjaminiHochberg],
])("%s", (_name, adjust) => {
  it("keeps the order, never lowers, stays at most 1, and treats equals alike", () => {
    const pValues = fc.array(
      fc.oneof(
        fc.integer({ min: 1, max: 20 }).map((k) => k / 20),
        fc.constant(NaN),
      ),
    );
    fc.assert(
      fc.property(pValues, (given) => {
        const found = adjust(numbers(...given));
        for (const [i, p] of given.entries()) {
          expect(Number.isNaN(found[i])).toBe(Number.isNaN(p));
          if (Number.isNaN(p)) continue;
          expect(found[i]).toBeGreaterThanOrEqual(p);
          expect(found[i]).toBeLessThanOrEqual(1);
          for (const [j, q] of given.entries()) {
            if (p < q) expect(found[i]).toBeLessThanOrEqual(found[j]!);
            if (p === q) expect(found[i]).toBe(found[j]);
          }
        }
      }),
      { seed: 4, numRuns: 200 },
    );
  });
});
