// Each class's stitcher is the best of its class on the rows that it was fitted on, and what holds between the classes.
import { describe, expect, test } from "vitest";

import { rbf } from "../../lib/kernels/rbf.ts";
import { fitStitchers } from "../../lib/stitching/fit-stitchers.ts";
import { stitchers } from "../../lib/stitching/stitchers.ts";
import type { Stitcher, StitcherMethod } from "../../lib/stitching/stitcher.ts";
import { norm } from "../twin/dense.ts";
import { at, type Features, features, map, multiply, selectRows } from "../twin/features.ts";
import { gaussian } from "../twin/random.ts";
import { apply, type AffineMap, meanSquare } from "../twin/stitching.ts";
import { featuresOf, layerOf, targetFor } from "./layer.ts";

function mapOf(stitcher: Stitcher): AffineMap {
  const { weights, bias } = stitcher.map()!;
  const s = { data: weights, n: stitcher.outputs, d: stitcher.inputs };
  return { s, b: bias ?? new Float64Array(stitcher.outputs) };
}

function moved({ s, b }: AffineMap, step: Features, shift: Float64Array): AffineMap {
  return { s: map(s, (value, i, j) => value + at(step, i, j)), b: b.map((value, j) => value + (shift[j] ?? NaN)) };
}

interface Draw {
  readonly x: Features;
  readonly y: Features;
  readonly seed: number;
}

/** Tall, square and wide features, some with repeated columns. */
const draws: readonly Draw[] = Array.from({ length: 40 }, (_, seed) => {
  const [n, d1, d2] = [6 + (seed % 17), 1 + (seed % 9), 1 + (seed % 4)];
  const plain = gaussian(n, d1, 1000 + seed);
  const x = seed % 3 === 0 ? map(plain, (value, i, j) => (j === d1 - 1 ? at(plain, i, 0) : value)) : plain;
  return { x, y: targetFor(x, d2, 2000 + seed), seed };
});

/** Rounding of sums of a few dozen squares of the target's size. */
const rounding = (y: Features): number => (1e-13 * norm(y) ** 2) / y.n;

const least: readonly { name: string; method: StitcherMethod; bias: boolean }[] = [
  { name: "linear", method: stitchers.linear(), bias: false },
  { name: "affine", method: stitchers.affine(), bias: true },
];

describe.each(least)("$name", ({ method, bias }) => {
  test("no map near it or far from it fits better", async () => {
    for (const { x, y, seed } of draws) {
      const stitcher = await method.fit(layerOf(x), layerOf(y));
      for (const size of [1e-3, 1]) {
        const step = map(gaussian(y.d, x.d, seed), (value) => size * value);
        const shift = bias ? gaussian(1, y.d, seed + 1).data.map((value) => size * value) : new Float64Array(y.d);
        const other = meanSquare(apply(moved(mapOf(stitcher), step, shift), x), y);
        expect(stitcher.fitted.error).toBeLessThanOrEqual(other + rounding(y));
      }
    }
  });
});

test("ridge: error + λ‖S‖² is the least", async () => {
  for (const { x, y, seed } of draws) {
    const stitcher = await stitchers.ridge({ lambda: 0.3 }).fit(layerOf(x), layerOf(y));
    const cost = (of: AffineMap): number => meanSquare(apply(of, x), y) + 0.3 * norm(of.s) ** 2;
    for (const size of [1e-3, 1]) {
      const step = map(gaussian(y.d, x.d, seed), (value) => size * value);
      const shift = gaussian(1, y.d, seed + 1).data.map((value) => size * value);
      const own = mapOf(stitcher);
      expect(cost(own)).toBeLessThanOrEqual(cost(moved(own, step, shift)) + rounding(y));
    }
  }
});

test("low rank: no map of that rank fits better, and more rank fits better until it is least squares", async () => {
  for (const { x, y, seed } of draws) {
    const errors: number[] = [];
    for (const rank of [1, 2, 9]) {
      const stitcher = await stitchers.lowRank({ rank, bias: false }).fit(layerOf(x), layerOf(y));
      errors.push(stitcher.fitted.error);
      const { s, b } = mapOf(stitcher);
      for (const size of [1e-3, 1]) {
        // Left and right factors moved: S stays of the rank.
        const turn = (d: number, of: number): Features =>
          map(gaussian(d, d, of), (value, i, j) => (i === j ? 1 : 0) + size * value);
        const other = multiply(multiply(turn(y.d, seed), s), turn(x.d, seed + 1));
        expect(stitcher.fitted.error).toBeLessThanOrEqual(meanSquare(apply({ s: other, b }, x), y) + rounding(y));
      }
    }
    const { fitted } = await stitchers.linear().fit(layerOf(x), layerOf(y));
    expect(errors[1]).toBeLessThanOrEqual(errors[0]! + rounding(y));
    expect(Math.abs(errors[2]! - fitted.error)).toBeLessThanOrEqual(rounding(y));
  }
});

test("more freedom fits no worse: affine ≤ ridge, affine ≤ orthogonal, linear ≤ permutation", async () => {
  for (const { x, y } of draws) {
    const [source, target] = [layerOf(x), layerOf(y)];
    const errorOf = async (method: StitcherMethod): Promise<number> => (await method.fit(source, target)).fitted.error;
    const [affine, linear] = [await errorOf(stitchers.affine()), await errorOf(stitchers.linear())];
    expect(affine).toBeLessThanOrEqual((await errorOf(stitchers.ridge({ lambda: "gcv" }))) + rounding(y));
    expect(affine).toBeLessThanOrEqual((await errorOf(stitchers.orthogonal({ scale: true }))) + rounding(y));
    expect(affine).toBeLessThanOrEqual(linear + rounding(y));
    expect(linear).toBeLessThanOrEqual((await errorOf(stitchers.permutation())) + rounding(y));
  }
});

test("rows that are held out: the error there is that of the map, and nothing of them is in the fit", async () => {
  const x = gaussian(40, 5, 1);
  const y = targetFor(x, 3, 2);
  const rows = Array.from({ length: 25 }, (_, i) => (i * 7) % 40);
  const others = Array.from({ length: 40 }, (_, i) => i).filter((i) => !rows.includes(i));
  const methods = [
    stitchers.affine(),
    stitchers.ridge(),
    stitchers.orthogonal(),
    stitchers.permutation(),
    stitchers.lowRank({ rank: 2 }),
    stitchers.kernelRidge({ kernel: rbf() }),
  ];
  for (const method of methods) {
    const stitcher = await method.fit(layerOf(x), layerOf(y), { rows });
    const alone = await method.fit(layerOf(selectRows(x, rows)), layerOf(selectRows(y, rows)));
    expect(stitcher.fitted).toEqual(alone.fitted);
    expect(stitcher.fitted.samples).toBe(25);
    const heldOut = await stitcher.error(layerOf(x), layerOf(y), { rows: others });
    const made = featuresOf(await stitcher.apply(layerOf(selectRows(x, others))));
    expect(heldOut.samples).toBe(15);
    // The same products in another order.
    expect(heldOut.error / meanSquare(made, selectRows(y, others))).toBeCloseTo(1, 12);
    const fitted = await stitcher.error(layerOf(x), layerOf(y), { rows });
    expect(fitted.error / stitcher.fitted.error).toBeCloseTo(1, 9);
  }
});

test("all pairs at once are the pairs one by one, whatever the threads, to the bit", async () => {
  const sources = [gaussian(30, 4, 1), gaussian(30, 40, 2), features(30, 3, () => 2)].map((x) => layerOf(x));
  const targets = [gaussian(30, 300, 3), gaussian(30, 5, 4)].map((y) => layerOf(y));
  const methods = [
    stitchers.linear(),
    stitchers.affine(),
    stitchers.ridge(),
    stitchers.orthogonal({ scale: true }),
    stitchers.permutation(),
    stitchers.lowRank({ rank: 3 }),
    stitchers.kernelRidge({ kernel: rbf({ bandwidth: 3 }), lambda: "gcv" }),
  ];
  for (const method of methods) {
    const tables = await Promise.all([1, 2].map((threads) => fitStitchers(sources, targets, method, { threads })));
    for (const [i, source] of sources.entries()) {
      for (const [j, target] of targets.entries()) {
        const single = await method.fit(source, target, { threads: 2 });
        for (const table of tables) {
          const cell = table[i]![j]! as Stitcher;
          expect(cell.map()).toEqual(single.map());
          expect([cell.fitted, cell.lambda, cell.rank, cell.name]).toEqual([
            single.fitted,
            single.lambda,
            single.rank,
            single.name,
          ]);
        }
      }
    }
  }
});
