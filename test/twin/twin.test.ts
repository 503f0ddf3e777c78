import { describe, expect, it } from "vitest";
import type { Kernel } from "../../lib/kernels/kernel.ts";
import { cka, debiasedCka, ka, minibatchCka } from "./alignment.ts";
import { centre, centreByProducts, uCentre } from "./centring.ts";
import { subtract, toNumber } from "./double-double.ts";
import { type Features, at, features, map, selectRows } from "./features.ts";
import { dot, gram, medianDistance, squaredDistance } from "./gram.ts";
import { biasedHsic, songHsic, unbiasedHsic, unbiasedHsicOfFeatures } from "./hsic.ts";
import { Matrix, inner } from "./matrix.ts";
import { gaussian } from "./random.ts";
import { tableOf } from "./table.ts";

// Two forms of one number, both computed with 32 digits, agree to all 16 of a double even after losing half of them.
const digits = 1e-15;

function expectClose(actual: number, expected: number, tolerance: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.max(Math.abs(actual), Math.abs(expected)));
}

const kernels: Kernel[] = [
  { kind: "linear" },
  { kind: "cosine" },
  { kind: "polynomial", degree: 3, gamma: "1/d", offset: 1 },
  { kind: "rbf", bandwidth: { median: 1 } },
  { kind: "rbf", bandwidth: { median: 1e5 } },
  { kind: "laplacian", bandwidth: { median: 0.5 } },
];

const cases: [string, Features, Features][] = [
  ["generic", gaussian(12, 5, 1), gaussian(12, 7, 2)],
  ["four samples", gaussian(4, 3, 3), gaussian(4, 2, 4)],
  ["offset of 1e4", map(gaussian(10, 3, 5), (v) => v + 1e4), map(gaussian(10, 6, 6), (v) => v - 1e4)],
  ["an outlier", map(gaussian(10, 3, 7), (v, i) => (i === 2 ? 300 * v : v)), gaussian(10, 4, 8)],
  ["duplicated rows", selectRows(gaussian(5, 3, 9), [0, 1, 2, 3, 4, 0, 1, 1]), gaussian(8, 1, 10)],
];

describe.each(cases)("the twins on %s", (_, x, y) => {
  it.each(kernels)("centre alike: two matrix products, means taken off ($kind $bandwidth)", (kernel) => {
    const k = gram(x, kernel);
    const a = centre(k);
    const b = centreByProducts(k);
    const scale = Math.max(...a.toNumbers().map(Math.abs));
    a.hi.forEach((_hi, index) => {
      const difference = subtract(
        { hi: a.hi[index] ?? NaN, lo: a.lo[index] ?? NaN },
        { hi: b.hi[index] ?? NaN, lo: b.lo[index] ?? NaN },
      );
      expect(Math.abs(toNumber(difference))).toBeLessThanOrEqual(digits * scale);
    });
    // Centred: every row sums to nothing.
    for (let i = 0; i < k.n; i++) expect(Math.abs(toNumber(a.rowSum(i)))).toBeLessThanOrEqual(digits * scale);
    for (let i = 0; i < k.n; i++) expect(Math.abs(toNumber(uCentre(k).rowSum(i)))).toBeLessThanOrEqual(digits * scale);
  });

  it.each(kernels)("agree on the unbiased HSIC: Song's form, U-centring ($kind $bandwidth)", (kernel) => {
    const k = gram(x, kernel);
    const l = gram(y, kernel);
    for (const [a, b] of [
      [k, l],
      [k, k],
      [l, l],
    ] as const) {
      const difference = subtract(songHsic(a, b), unbiasedHsic(a, b));
      // Song's form subtracts sums as large as ‖K‖‖L‖ from each other; each has 31 digits, whatever is left of them.
      const terms = Math.sqrt(toNumber(inner(a, a)) * toNumber(inner(b, b)));
      expect(Math.abs(toNumber(difference))).toBeLessThanOrEqual(1e-29 * terms);
    }
  });

  it("agree on the unbiased HSIC of linear kernels from the features alone", () => {
    const k = gram(x, { kind: "linear" });
    const l = gram(y, { kind: "linear" });
    expectClose(toNumber(unbiasedHsicOfFeatures(x, y)), toNumber(unbiasedHsic(k, l)), digits);
    expectClose(toNumber(unbiasedHsicOfFeatures(x, x)), toNumber(unbiasedHsic(k, k)), digits);
  });

  it("know that the biased HSIC of linear kernels is the squared norm of the cross-covariance", () => {
    const n = x.n;
    let sum = 0;
    for (let p = 0; p < x.d; p++) {
      for (let q = 0; q < y.d; q++) {
        let meanX = 0;
        let meanY = 0;
        for (let i = 0; i < n; i++) {
          meanX += at(x, i, p) / n;
          meanY += at(y, i, q) / n;
        }
        let covariance = 0;
        for (let i = 0; i < n; i++) covariance += (at(x, i, p) - meanX) * (at(y, i, q) - meanY);
        sum += covariance ** 2;
      }
    }
    const k = gram(x, { kind: "linear" });
    const l = gram(y, { kind: "linear" });
    // Doubles: a mean of 1e4 is rounded to 2e-12, which is this much of entries of size 1.
    expectClose(toNumber(biasedHsic(k, l, "n")), sum / n ** 2, 1e-10);
    expectClose(toNumber(biasedHsic(k, l)), sum / (n - 1) ** 2, 1e-10);
  });

  it("lay out the table from which HSIC follows", () => {
    const k = gram(x, { kind: "rbf", bandwidth: { median: 1 } });
    const l = gram(y, { kind: "laplacian", bandwidth: { median: 1 } });
    const n = k.n;
    const table = tableOf([k, l]);
    const rowSums = (layer: number): Float64Array => table.rowSums.subarray(layer * n, (layer + 1) * n);
    const a = rowSums(0);
    const b = rowSums(1);
    const total = (values: Float64Array): number => values.reduce((s, v) => s + v, 0);
    const cross = a.reduce((s, v, i) => s + v * (b[i] ?? NaN), 0);
    const song =
      ((table.inner[1] ?? NaN) + (total(a) * total(b)) / ((n - 1) * (n - 2)) - (2 * cross) / (n - 2)) / (n * (n - 3));
    const self = Math.sqrt(toNumber(unbiasedHsic(k, k)) * toNumber(unbiasedHsic(l, l)));
    // Doubles: the terms are about n times what they leave.
    expect(Math.abs(song - toNumber(unbiasedHsic(k, l)))).toBeLessThan(1e-12 * self);
    expect(table.inner[1]).toBe(table.inner[2]);
    expectClose((table.inner[1] ?? NaN) + total(table.diagonals) / 2, toNumber(inner(k, l)), 1e-14); // unit diagonals: n more
  });
});

describe("the twins on cases worked by hand", () => {
  const square = features(4, 2, (i, j) => [0, 0, 1, 0, 1, 1, 0, 1][2 * i + j] ?? NaN);

  it("inner products and distances", () => {
    expect(toNumber(dot(square, 1, 2))).toBe(1);
    expect(toNumber(squaredDistance(square, 0, 2))).toBe(2);
    expect(
      toNumber(
        squaredDistance(
          map(square, (v) => v + 1e15),
          0,
          2,
        ),
      ),
    ).toBe(2);
  });

  it("the median distance, odd and even numbers of pairs", () => {
    // Four sides of 1 and two diagonals: the middle two are 1 and 1.
    expect(medianDistance(square)).toBe(1);
    // 0, 1, 3: distances 1, 2, 3.
    expect(medianDistance(features(3, 1, (i) => [0, 1, 3][i] ?? NaN))).toBe(2);
    // 0, 1, 3, 7: distances 1, 2, 3, 4, 6, 7, so (3 + 4)/2.
    expect(medianDistance(features(4, 1, (i) => [0, 1, 3, 7][i] ?? NaN))).toBe(3.5);
    // A pair of equal rows counts as a distance of 0: 0, 1, 1.
    expect(medianDistance(features(3, 1, (i) => [0, 0, 1][i] ?? NaN))).toBe(1);
  });

  it("kernels", () => {
    const x = features(2, 2, (i, j) => [3, 4, 0, 5][2 * i + j] ?? NaN);
    expect(Array.from(gram(x, { kind: "linear" }).toNumbers())).toEqual([25, 20, 20, 25]);
    expect(gram(x, { kind: "cosine" }).toNumbers()[1]).toBe(0.8);
    expect(gram(x, { kind: "polynomial", degree: 3, gamma: "1/d", offset: 1 }).toNumbers()[1]).toBe(11 ** 3);
    // d² = 9 + 1 = 10
    expectClose(gram(x, { kind: "rbf", bandwidth: 2 }).toNumbers()[1] ?? NaN, Math.exp(-10 / 8), digits);
    expectClose(
      gram(x, { kind: "laplacian", bandwidth: 2 }).toNumbers()[1] ?? NaN,
      Math.exp(-Math.sqrt(10) / 2),
      digits,
    );
  });

  it("alignment: two orthogonal and two equal matrices, a known angle", () => {
    const k = Matrix.fromNumbers(2, [1, 0, 0, 1]);
    const l = Matrix.fromNumbers(2, [1, 1, 1, 1]);
    expectClose(ka(k, l), Math.SQRT1_2, digits);
    expect(ka(k, k)).toBe(1);
    // Centred, l is 0: there is no alignment.
    expect(cka(k, l)).toBeNaN();
  });

  it("unbiased HSIC of the integers 1…16 laid out 4×4: dCov's documented value is four times less", () => {
    // Euclidean distances of a = 1..16 as 4×4 are 8·|i − j|; U-centred inner product over n(n−3) = 42.666….
    const d = Matrix.symmetric(4, (i, j) => ({ hi: 8 * Math.abs(i - j), lo: 0 }));
    expectClose(toNumber(unbiasedHsic(d, d)), 128 / 3, digits);
    expectClose(toNumber(biasedHsic(d, d, "n")), (52 * 16) / 16, digits);
  });

  it("minibatch CKA of one batch of everything is the debiased CKA", () => {
    const k = gram(gaussian(8, 3, 11), { kind: "linear" });
    const l = gram(gaussian(8, 3, 12), { kind: "linear" });
    expect(minibatchCka(k, l, [[0, 1, 2, 3, 4, 5, 6, 7]])).toBe(debiasedCka(k, l));
  });
});
