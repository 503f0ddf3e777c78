import { describe, expect, it } from "vitest";
import { cka, hsic, laplacian, medianBandwidth, Representation, rbf } from "../../lib/index.ts";
import { features, map } from "../twin/features.ts";
import { gaussian } from "../twin/random.ts";
import { represent } from "../property/ask.ts";
import { related } from "../property/scenario.ts";

// Trap: there are eight rules for the bandwidth of an RBF kernel in use. Ours: K = exp(−d²/2σ²), σ = the median of the distances of
// the pairs i < j, times medianScale.

/** Points on a line. */
function line(...points: number[]): Representation {
  return represent(
    features(points.length, 1, (i) => points[i] ?? NaN),
    "line",
  );
}

describe("the median bandwidth", () => {
  it("leaves out the diagonal, counts duplicates, and takes the mean of the middle two", async () => {
    // 0 1 1 2 3 3, so (1 + 2)/2. With the zeros of the diagonal it would be 1, without the duplicate's 0 it would be 2, and of squared
    // distances √2.5.
    expect((await medianBandwidth(line(0, 0, 1, 3))).distance).toBe(1.5);
    // 1 2 3 4 6 7: (3 + 4)/2, and not √((9 + 16)/2) = 3.54.
    expect((await medianBandwidth(line(0, 1, 3, 7))).distance).toBe(3.5);
    // 1 2 3: the one in the middle.
    expect((await medianBandwidth(line(0, 1, 3))).distance).toBe(2);
  });

  it("is exact and the same every time beyond a thousand samples, where a peer draws a thousand rows at random", async () => {
    const x = gaussian(1500, 3, 9);
    const [first, second] = [represent(x, "x"), represent(x, "again")];
    const { distance, exact, rows } = await medianBandwidth(first);
    expect({ exact, rows }).toEqual({ exact: true, rows: 1500 });
    expect((await medianBandwidth(second)).distance).toBe(distance);
    // Of standard normal rows in three dimensions d²/2 is χ² with 3 degrees of freedom, median 2.366; 1% for the sample.
    expect(Math.abs(distance / Math.sqrt(2 * 2.366) - 1)).toBeLessThan(0.02);
  });

  it("beyond its documented size is taken from a seeded sample, and says so", async () => {
    const x = gaussian(2500, 2, 10);
    const { exact, rows, distance } = await medianBandwidth(represent(x, "x"));
    expect(exact).toBe(false);
    expect(rows).toBeLessThan(2500);
    expect((await medianBandwidth(represent(x, "again"))).distance).toBe(distance);
    const other = await medianBandwidth(represent(x, "x"), { seed: 1 });
    expect(other.distance).not.toBe(distance);
    expect(Math.abs(other.distance / distance - 1)).toBeLessThan(0.05); // the median of 2e6 distances of 2,000 rows
  });
});

describe("the kernel itself", () => {
  const pair = Representation.fromArray(Float64Array.of(0, 3), [2, 1], { name: "pair" });

  it("has the ½ in its exponent: two points at distance 3, σ = 2", async () => {
    // Centred, [[1, k], [k, 1]] is (1 − k)/2 times [[1, −1], [−1, 1]], whose squared norm is (1 − k)².
    const k = Math.exp(-9 / (2 * 4));
    expect((await hsic(pair, pair, { kernel: rbf({ bandwidth: 2 }) })).value).toBeCloseTo((1 - k) ** 2, 14);
    const l = Math.exp(-3 / 2);
    expect((await hsic(pair, pair, { kernel: laplacian({ bandwidth: 2 }) })).value).toBeCloseTo((1 - l) ** 2, 14);
  });

  it("a bandwidth far below the data's makes every layer the identity: CKA 1, which the debiased form does not believe", async () => {
    const { x, y } = related({ n: 40, dx: 60, dy: 50, seed: 13 });
    const [a, b] = [
      represent(
        map(x, (v) => 10 * v),
        "x",
      ),
      represent(gaussian(40, 50, 14), "y"),
    ];
    const kernel = rbf({ bandwidth: 1 });
    expect((await cka(a, b, { kernel })).value).toBeCloseTo(1, 6);
    const debiased = await cka(a, b, { kernel, estimator: "debiased" });
    // Off the diagonal only a few accidents of size e^(−50) are left; they do not agree.
    expect(debiased.status === "undefined" || Math.abs(debiased.value) < 0.9).toBe(true);
    // The median bandwidth has no such trouble.
    expect((await cka(a, represent(y, "y"), { kernel: rbf() })).value).toBeLessThan(0.99);
  });
});
