// Misalignment as numpy has it is the fitted error of the stitcher of that class.
import { describe, expect, test } from "vitest";

import { stitchers } from "../../lib/stitching/stitchers.ts";
import { goldenPairs } from "../reference/golden.ts";
import { layerOf } from "./layer.ts";

describe.each(goldenPairs())("$name", ({ x, y, values }) => {
  test.each([
    ["misalignment.uncentred.1to2", stitchers.linear(), false],
    ["misalignment.uncentred.2to1", stitchers.linear(), true],
    ["misalignment.affine.1to2", stitchers.affine(), false],
    ["misalignment.affine.2to1", stitchers.affine(), true],
    ["misalignment.ridge0.1.1to2", stitchers.ridge({ lambda: 0.1, bias: false }), false],
  ])("%s", async (quantity, method, backwards) => {
    const [source, target] = backwards ? [y, x] : [x, y];
    const { fitted } = await method.fit(layerOf(source, "f32"), layerOf(target, "f32"));
    const golden = values[quantity]!;
    // Both sides are f64; what is left of a perfect fit is rounding on both.
    const total = target.data.reduce((sum, value) => sum + value ** 2, 0) / target.n;
    expect(Math.abs(fitted.error - golden)).toBeLessThanOrEqual(1e-9 * Math.abs(golden) + 1e-13 * total);
  });
});
