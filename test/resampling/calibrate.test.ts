import { describe, expect, it } from "vitest";

import { calibrate } from "../../lib/resampling/calibrate.ts";

const nulls = Float64Array.from({ length: 19 }, (_, k) => (k + 1) / 40);

describe("calibrate", () => {
  it("counts the permutations that do as well, itself among them", () => {
    expect(calibrate(0.5, nulls, { top: 1 }).pValue).toBe(1 / 20);
    expect(calibrate(19 / 40, nulls, { top: 1 }).pValue).toBe(2 / 20);
    expect(calibrate(0, nulls, { top: 1 }).pValue).toBe(1);
  });

  it("takes the ⌈q(B+1)⌉-th smallest for the quantile, so that a score above it has p ≤ 1 − q", () => {
    const found = calibrate(0.5, nulls, { top: 1 });
    expect(found.nullQuantile).toBe(19 / 40);
    expect(found.nullMean).toBeCloseTo(0.25, 15);
    expect(found.calibrated).toBeCloseTo((0.5 - 0.475) / (1 - 0.475), 15);
    expect(calibrate(0.5, nulls, { top: 1, quantile: 0.5 }).nullQuantile).toBe(10 / 40);
  });

  it("gives nothing below the quantile, 1 at the top, and no score without one", () => {
    expect(calibrate(0.4, nulls, { top: 1 }).calibrated).toBe(0);
    expect(calibrate(1, nulls, { top: 1 }).calibrated).toBe(1);
    expect(calibrate(1, nulls, { top: null })).toMatchObject({ pValue: 0.05, calibrated: NaN });
    expect(calibrate(1, new Float64Array(19).fill(1), { top: 1 }).calibrated).toBe(0);
  });

  it("counts what differs by rounding as equal", () => {
    const same = new Float64Array(19).fill(0.3);
    expect(calibrate(0.3 + 1e-16, same, { top: 1 }).pValue).toBe(1 / 20);
    expect(calibrate(0.3 + 1e-16, same, { top: 1, tolerance: 1e-15 }).pValue).toBe(1);
  });

  it("says nothing where there is nothing to say", () => {
    const none = { pValue: NaN, nullMean: NaN, nullQuantile: NaN, calibrated: NaN };
    expect(calibrate(NaN, nulls, { top: 1 })).toEqual(none);
    expect(calibrate(0.5, new Float64Array(0), { top: 1 })).toEqual(none);
    expect(calibrate(0.5, Float64Array.of(0.1, NaN), { top: 1 })).toEqual(none);
  });
});
