// Orthogonal and permutation stitchers against their definitions, and against members of their classes at random.
import { describe, expect, test } from "vitest";

import { stitchers } from "../../lib/stitching/stitchers.ts";
import type { Stitcher } from "../../lib/stitching/stitcher.ts";
import { identity, times, transpose } from "../twin/dense.ts";
import { at, type Features, features, map, multiply } from "../twin/features.ts";
import { gaussian, orthogonal, permutation } from "../twin/random.ts";
import { apply, leastPermutationError, meanSquare, orthogonalMap, semiOrthogonal } from "../twin/stitching.ts";
import { layerOf, targetFor } from "./layer.ts";

function weightsOf(stitcher: Stitcher): Features {
  return { data: stitcher.map()!.weights, n: stitcher.outputs, d: stitcher.inputs };
}

function expectNear(a: Features, b: Features, tolerance: number): void {
  expect([a.n, a.d]).toEqual([b.n, b.d]);
  for (let k = 0; k < a.data.length; k++) {
    expect(Math.abs((a.data[k] ?? NaN) - (b.data[k] ?? NaN))).toBeLessThanOrEqual(tolerance);
  }
}

const shapes = [
  [5, 5],
  [4, 7],
  [7, 4],
] as const;

describe.each(shapes)("orthogonal, %d to %d features", (d1, d2) => {
  const x = map(gaussian(40, d1, 1), (value, _, j) => value * (1 + j) + 3);
  const y = targetFor(x, d2, 2);

  test.each([true, false])("the polar factor, bias %s", async (bias) => {
    const stitcher = await stitchers.orthogonal({ bias }).fit(layerOf(x), layerOf(y));
    const wanted = orthogonalMap(x, y, bias);
    // A polar factor is as well conditioned as the cross product, about 10² here.
    expectNear(weightsOf(stitcher), wanted.s, 1e-11);
    const error = meanSquare(apply(wanted, x), y);
    expect(stitcher.fitted.error / error).toBeCloseTo(1, 10);
    const s = weightsOf(stitcher);
    const small = d1 <= d2 ? times(transpose(s), s) : times(s, transpose(s));
    // Orthonormal to rounding.
    expectNear(small, identity(Math.min(d1, d2)), 1e-13);
  });

  test("with a factor it fits better, and no other factor of this rotation fits better", async () => {
    const plain = await stitchers.orthogonal().fit(layerOf(x), layerOf(y));
    const free = await stitchers.orthogonal({ scale: true }).fit(layerOf(x), layerOf(y));
    expect(free.fitted.error).toBeLessThanOrEqual(plain.fitted.error);
    const { weights, bias } = free.map()!;
    const means = layerOf(x).facts.mean;
    const wanted = layerOf(y).facts.mean;
    for (const factor of [0.9, 0.999, 1.001, 1.1]) {
      const s = { data: weights.map((value) => value * factor), n: d2, d: d1 };
      const b = wanted.map((mean, j) => means.reduce((rest, value, k) => rest - at(s, j, k) * value, mean));
      expect(meanSquare(apply({ s, b }, x), y)).toBeGreaterThan(free.fitted.error);
    }
    expect(bias).not.toBeNull();
  });
});

test("no rotation at random fits better than the orthogonal stitcher, for d_1 ≤ d_2", async () => {
  for (let seed = 0; seed < 60; seed++) {
    const [d1, d2] = [1 + (seed % 4), 4 + (seed % 3)];
    const x = gaussian(12, d1, seed);
    const y = targetFor(x, d2, seed + 100);
    const { fitted } = await stitchers.orthogonal({ bias: false }).fit(layerOf(x), layerOf(y));
    const s = semiOrthogonal(gaussian(d2, d1, seed + 200));
    // Rounding of a sum of a few dozen squares.
    expect(fitted.error).toBeLessThanOrEqual(meanSquare(apply({ s, b: new Float64Array(d2) }, x), y) * (1 + 1e-12));
  }
});

test("a rotation is found again", async () => {
  const x = gaussian(30, 6, 3);
  const turn = orthogonal(6, 4);
  const stitcher = await stitchers.orthogonal().fit(layerOf(x), layerOf(multiply(x, turn)));
  expectNear(weightsOf(stitcher), transpose(turn), 1e-12);
  // Of entries near 1, squared rounding.
  expect(stitcher.fitted.error).toBeLessThan(1e-27);
});

test("nothing to rotate: a source of zeros gives some rotation, and the target's size as the error", async () => {
  const y = gaussian(10, 3, 1);
  const { fitted } = await stitchers.orthogonal({ scale: true }).fit(layerOf(map(y, () => 0)), layerOf(y));
  expect(fitted.relative).toBeCloseTo(1, 14);
});

describe("permutation", () => {
  test("the least error of all assignments, by trying all", async () => {
    for (let seed = 0; seed < 40; seed++) {
      const [d1, d2] = [1 + (seed % 5), 1 + ((seed * 3) % 5)];
      const x = map(gaussian(9, d1, seed), (value, _, j) => value * (1 + j / 2));
      const y = targetFor(x, d2, seed + 50);
      const stitcher = await stitchers.permutation().fit(layerOf(x), layerOf(y));
      // Rounding of a sum of a few dozen squares.
      expect(stitcher.fitted.error / leastPermutationError(x, y)).toBeCloseTo(1, 12);
    }
  });

  test("7 by 7, by trying all 5,040", async () => {
    const x = gaussian(20, 7, 5);
    const y = gaussian(20, 7, 6);
    const { fitted } = await stitchers.permutation().fit(layerOf(x), layerOf(y));
    let least = Infinity;
    const visit = (order: readonly number[], left: readonly number[]): void => {
      if (left.length === 0) {
        const made = features(20, 7, (i, j) => at(x, i, order[j] ?? -1));
        least = Math.min(least, meanSquare(made, y));
      }
      for (const next of left)
        visit(
          [...order, next],
          left.filter((other) => other !== next),
        );
    };
    visit([], [0, 1, 2, 3, 4, 5, 6]);
    expect(fitted.error / least).toBeCloseTo(1, 12);
  });

  test("a shuffle is found again, among 300 features", async () => {
    const x = gaussian(50, 300, 7);
    const order = permutation(300, 8);
    const y = features(50, 300, (i, j) => at(x, i, order[j] ?? -1));
    const stitcher = await stitchers.permutation({ bias: true }).fit(layerOf(x), layerOf(y));
    const { weights } = stitcher.map()!;
    expect(order.every((from, j) => weights[j * 300 + from] === 1)).toBe(true);
    expect(weights.reduce((sum, value) => sum + value, 0)).toBe(300);
    expect(stitcher.fitted.error).toBeLessThan(1e-28);
  });

  test("ties have one answer: each feature once, whatever the threads", async () => {
    const x = features(6, 5, (i) => i);
    const answers = await Promise.all(
      [1, 2].map(
        async (threads) => (await stitchers.permutation().fit(layerOf(x), layerOf(x), { threads })).map()!.weights,
      ),
    );
    expect(answers[0]).toEqual(answers[1]);
    for (let j = 0; j < 5; j++) {
      expect(answers[0]!.subarray(5 * j, 5 * j + 5).filter((value) => value === 1)).toHaveLength(1);
      expect([0, 1, 2, 3, 4].filter((k) => answers[0]![5 * k + j] === 1)).toHaveLength(1);
    }
  });

  test("more target features than source features: the rest is 0", async () => {
    const x = gaussian(20, 2, 1);
    const y = features(20, 4, (i, j) => (j % 2 === 0 ? 0.1 * i : at(x, i, (j - 1) / 2)));
    const { weights } = (await stitchers.permutation().fit(layerOf(x), layerOf(y))).map()!;
    expect([...weights]).toEqual([0, 0, 1, 0, 0, 0, 0, 1]);
  });
});
