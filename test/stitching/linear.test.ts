// Least squares, ridge and reduced-rank stitchers against their definitions, on shapes and numbers that hurt.
import { describe, expect, test } from "vitest";

import { stitchers } from "../../lib/stitching/stitchers.ts";
import type { StitcherMethod } from "../../lib/stitching/stitcher.ts";
import { layers } from "../spectral/layers.ts";
import { centreColumns, norm } from "../twin/dense.ts";
import type { Features } from "../twin/features.ts";
import { at, map } from "../twin/features.ts";
import { svd } from "../twin/jacobi.ts";
import { apply, type AffineMap, lowRankMap, meanSquare, ridgeMap } from "../twin/stitching.ts";
import { featuresOf, layerOf, targetFor } from "./layer.ts";

/** σ_1/σ_r of the features as they are fitted. */
function conditionOf(x: Features, bias: boolean): number {
  const { values } = svd(bias ? centreColumns(x) : x);
  const least = Math.max(x.n, x.d) * Number.EPSILON * (values[0] ?? NaN);
  return (values[0] ?? NaN) / (values.findLast((value) => value > least) ?? NaN);
}

function distance(a: Features, b: Features): number {
  return norm(map(a, (value, i, j) => value - at(b, i, j)));
}

interface Case {
  readonly name: string;
  readonly method: (scale: number) => StitcherMethod;
  readonly bias: boolean;
  readonly twin: (x: Features, y: Features, scale: number) => AffineMap;
}

/** λ is given as a share of the mean square of the features, so that every scale is shrunk alike. */
const cases: readonly Case[] = [
  { name: "linear", bias: false, method: () => stitchers.linear(), twin: (x, y) => ridgeMap(x, y, 0, false) },
  { name: "affine", bias: true, method: () => stitchers.affine(), twin: (x, y) => ridgeMap(x, y, 0, true) },
  {
    name: "ridge",
    bias: true,
    method: (scale) => stitchers.ridge({ lambda: 0.1 * scale }),
    twin: (x, y, scale) => ridgeMap(x, y, 0.1 * scale * x.n, true),
  },
  {
    name: "ridge with λ = 0 and without a bias",
    bias: false,
    method: () => stitchers.ridge({ lambda: 0, bias: false }),
    twin: (x, y) => ridgeMap(x, y, 0, false),
  },
  {
    name: "low rank",
    bias: true,
    method: () => stitchers.lowRank({ rank: 2 }),
    twin: (x, y) => lowRankMap(x, y, 2, true),
  },
  {
    name: "low rank without a bias",
    bias: false,
    method: () => stitchers.lowRank({ rank: 3, bias: false }),
    twin: (x, y) => lowRankMap(x, y, 3, false),
  },
];

describe.each(cases)("$name", ({ method, bias, twin }) => {
  test.each(layers)("$name", async ({ x, dtype }) => {
    const y = targetFor(x, 4, 5);
    const [source, target] = [layerOf(x, dtype), layerOf(y)];
    const scale = norm(x) ** 2 / x.data.length || 1;
    const stitcher = await method(scale).fit(source, target, { threads: 2 });
    const wanted = twin(x, y, scale);
    const found = stitcher.map();
    const s: Features = { data: found?.weights ?? new Float64Array(), n: 4, d: x.d };
    // Least squares loses up to the condition number, squared where there is a residual (Björck 1996, section 1.4), of 2^-53 in S; a
    // reciprocal condition below 10^-9 has no digits left to compare.
    const condition = conditionOf(x, bias);
    const lost = Number.isFinite(condition) ? 1e-14 * condition + 1e-15 * condition ** 2 : 0;
    const size = norm(wanted.s);
    expect(distance(s, wanted.s)).toBeLessThanOrEqual((1e-11 + Math.min(lost, 1)) * size * 10 + 1e-300);
    const own = apply(wanted, x);
    const output = featuresOf(await stitcher.apply(source));
    // The fitted values are well conditioned: only an offset of the features beside their spread costs digits.
    const offset = norm(x) / (norm(centreColumns(x)) || norm(x) || 1);
    expect(distance(output, own)).toBeLessThanOrEqual(1e-11 * Math.max(1, offset) * norm(y));
    const error = meanSquare(own, y);
    const total = norm(y) ** 2 / y.n;
    // 10⁻⁹ of the error, and where it is 0 to rounding, the square of the rounding.
    expect(Math.abs(stitcher.fitted.error - error)).toBeLessThanOrEqual(1e-9 * error + 1e-22 * total);
    const measured = await stitcher.error(source, target);
    expect(Math.abs(measured.error - error)).toBeLessThanOrEqual(1e-9 * error + 1e-22 * offset ** 2 * total);
    expect(stitcher.fitted.samples).toBe(x.n);
  });
});

test("the rank is that of the source, and a constant one predicts the mean", async () => {
  const x = layers.find(({ name }) => name === "duplicated, dead and constant features")!.x;
  const y = targetFor(x, 3, 1);
  expect((await stitchers.affine().fit(layerOf(x), layerOf(y))).rank).toBe(9);
  const constant = layerOf(map(x, (_, __, j) => j / 3));
  const stitcher = await stitchers.affine().fit(constant, layerOf(y));
  expect(stitcher.rank).toBe(0);
  expect(stitcher.map()?.bias).toEqual(layerOf(y).facts.mean);
  expect(stitcher.fitted.relative).toBeCloseTo(1, 14);
  const zero = await stitchers.linear().fit(layerOf(map(x, () => 0)), layerOf(y));
  expect(zero.map()).toEqual({ weights: new Float64Array(3 * x.d), bias: null });
});

test("a target without spread has no relative error", async () => {
  const [x, y] = [targetFor(layers[0]!.x, 3, 1), map(layers[0]!.x, () => 2)];
  const { fitted } = await stitchers.affine().fit(layerOf(x), layerOf(y));
  expect(fitted.error).toBeLessThan(1e-28);
  expect(fitted.relative).toBeNaN();
});

test("what a stitcher hands out is a copy", async () => {
  const x = layers[0]!.x;
  const stitcher = await stitchers.affine().fit(layerOf(x), layerOf(targetFor(x, 2, 1)));
  stitcher.map()!.weights.fill(0);
  stitcher.map()!.bias!.fill(0);
  expect(stitcher.map()!.weights.every((value) => value !== 0)).toBe(true);
  expect(stitcher.map()!.bias!.every((value) => value !== 0)).toBe(true);
});
