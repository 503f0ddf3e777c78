// Kernel ridge against the bordered system that defines it, on fitted rows and on others.
import { describe, expect, test } from "vitest";

import { cosine } from "../../lib/kernels/cosine.ts";
import { laplacian } from "../../lib/kernels/laplacian.ts";
import { linear } from "../../lib/kernels/linear.ts";
import { polynomial } from "../../lib/kernels/polynomial.ts";
import { rbf } from "../../lib/kernels/rbf.ts";
import { stitchers } from "../../lib/stitching/stitchers.ts";
import { columnMeans, norm, rounded } from "../twin/dense.ts";
import { at, map, selectRows } from "../twin/features.ts";
import { gram, medianDistance } from "../twin/gram.ts";
import { gaussian } from "../twin/random.ts";
import { kernelPredictions, meanSquare, ridgeMap, apply } from "../twin/stitching.ts";
import { featuresOf, layerOf, targetFor } from "./layer.ts";

const n = 30;
const rowsFrom = (begin: number, end: number): number[] => Array.from({ length: end - begin }, (_, i) => begin + i);
const base = gaussian(n + 12, 4, 1);
/** Row 40 is row 3 again, and rows 4 and 5 are the same: distances of 0 between fitted rows and to a new one. */
const awkward = map(base, (value, i, j) => (i === 40 ? at(base, 3, j) : i === 5 ? at(base, 4, j) : value));

const sources = [
  { name: "plain", all: base },
  { name: "repeated rows", all: awkward },
  { name: "an offset of 10⁴", all: map(awkward, (value) => value + 1e4) },
  { name: "a scale of 10⁻⁶", all: map(base, (value) => value * 1e-6) },
  { name: "wider than tall", all: gaussian(n + 12, 60, 2) },
];
const kernels = [linear(), cosine(), rbf(), laplacian(), polynomial({ degree: 3 })] as const;

describe.each(sources)("$name", ({ name, all }) => {
  const fitted = rowsFrom(0, n);
  const x = selectRows(all, fitted);
  const y = targetFor(x, 3, 7);
  const median = medianDistance(x);

  test.each(
    kernels.flatMap((kernel) => [true, false].map((bias) => ({ kernel, bias, label: `${kernel.kind}, bias ${bias}` }))),
  )("$label", async ({ kernel, bias }) => {
    const decided = "bandwidth" in kernel ? { ...kernel, bandwidth: median } : kernel;
    const k = rounded(gram(all, decided));
    const size = Math.max(...k.data.map(Math.abs));
    // Of the kernel's own spread, so that it neither interpolates nor vanishes.
    const inner = rounded(gram(x, decided));
    const means = columnMeans(inner);
    const grand = means.reduce((sum, value) => sum + value, 0) / n;
    const spread = bias
      ? Math.abs(inner.data.reduce((s, v, at_) => s + (at_ % (n + 1) === 0 ? v : 0), 0) / n - grand)
      : size;
    const lambda = 1e-2 * spread;
    const wanted = kernelPredictions(k, y, n * lambda, bias);
    const stitcher = await stitchers.kernelRidge({ kernel, lambda, bias }).fit(layerOf(x), layerOf(y));
    const made = featuresOf(await stitcher.apply(layerOf(all)));
    // Entries of the kernel carry 2^-53 of its size, which the fit divides by λ: 100 of spread/λ times size/spread, and the condition of
    // the twin's own elimination. An offset of 10⁴ beside a spread of 1 leaves the polynomial kernel no digit.
    const lost = (1e-14 * size) / lambda;
    if (lost < 1e-3) {
      const difference = norm(map(made, (value, i, j) => value - at(wanted, i, j)));
      expect(difference / norm(wanted)).toBeLessThanOrEqual(1e-10 + 30 * lost);
    } else expect(["an offset of 10⁴", "a scale of 10⁻⁶"]).toContain(name);
    const error = meanSquare(featuresOf(await stitcher.apply(layerOf(x))), y);
    // The reported error is that of the fit in its own basis. Beside an offset the entries of a kernel without a bias have lost digits.
    const tolerance = name === "an offset of 10⁴" ? 1e-10 + 30 * lost : 1e-9;
    expect(Math.abs(stitcher.fitted.error / error - 1)).toBeLessThanOrEqual(tolerance);
  });

  test("a linear kernel is ridge regression", async () => {
    const scale = norm(x) ** 2 / x.n;
    const kernel = stitchers.kernelRidge({ kernel: linear(), lambda: 0.01 * scale });
    const stitcher = await kernel.fit(layerOf(x), layerOf(y));
    const wanted = apply(ridgeMap(x, y, n * 0.01 * scale, true), all);
    const made = featuresOf(await stitcher.apply(layerOf(all)));
    // An offset of 10⁴ leaves the twin's products x·S + b about 10⁻¹² of their digits.
    expect(norm(map(made, (value, i, j) => value - at(wanted, i, j))) / norm(wanted)).toBeLessThan(1e-10);
  });
});

test("constant rows have no bandwidth by the median, and predict the mean under one that is given", async () => {
  const x = map(selectRows(base, rowsFrom(0, n)), () => 1);
  const y = targetFor(base, 2, 3);
  const target = layerOf(selectRows(y, rowsFrom(0, n)));
  await expect(stitchers.kernelRidge().fit(layerOf(x), target)).rejects.toMatchObject({
    code: "INVALID_ARGUMENT",
    message: expect.stringContaining("median distance") as string,
  });
  const stitcher = await stitchers.kernelRidge({ kernel: rbf({ bandwidth: 1 }) }).fit(layerOf(x), target);
  expect([stitcher.rank, stitcher.lambda, stitcher.fitted.relative]).toEqual([0, 0, expect.closeTo(1, 12)]);
  expect(stitcher.map()).toBeNull();
});

test("a cosine kernel refuses rows without a direction, at the fit and afterwards", async () => {
  const x = selectRows(base, rowsFrom(0, n));
  const zero = map(x, (value, i) => (i === 6 ? 0 : value));
  const y = layerOf(targetFor(x, 2, 3));
  const method = stitchers.kernelRidge({ kernel: cosine(), lambda: 0.1 });
  await expect(method.fit(layerOf(zero), y)).rejects.toMatchObject({
    message: expect.stringContaining("row 6") as string,
  });
  const stitcher = await method.fit(layerOf(x), y);
  await expect(stitcher.apply(layerOf(zero))).rejects.toMatchObject({ code: "INVALID_ARGUMENT", details: { row: 6 } });
});
