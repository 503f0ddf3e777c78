import { describe, expect, it } from "vitest";
import { cka, compare, hsic } from "../../lib/index.ts";
import { unbiasedHsic } from "../twin/hsic.ts";
import { toNumber } from "../twin/double-double.ts";
import { map } from "../twin/features.ts";
import { gram } from "../twin/gram.ts";
import { gaussian } from "../twin/random.ts";
import { represent } from "../property/ask.ts";
import { related } from "../property/scenario.ts";

describe("the debiased estimator", () => {
  // Trap: an unbiased numerator over biased self-terms makes CKA of a layer and its copy 0.838.
  it("gives 1 for a layer and its copy, whatever n and d", async () => {
    for (const [n, d] of [
      [5, 3],
      [16, 64],
      [64, 16],
      [30, 300],
    ] as const) {
      const x = gaussian(n, d, 40 + n);
      const layers = [represent(x, "original"), represent(x, "copy")];
      const matrix = (await compare(layers, undefined, { metrics: ["cka.debiased"] })).matrix("cka");
      for (const value of matrix.values) expect(value).toBeCloseTo(1, 14);
    }
  });

  // Trap: "unbiased" HSIC that was the biased one all along; or centred first and then cleared of its diagonal; or a slip of precedence,
  // "/ n * (n − 3)".
  it("is Song's U-statistic and none of its look-alikes", async () => {
    const { x, y } = related({ n: 12, dx: 30, dy: 20, seed: 41 });
    const [k, l] = [gram(x, { kind: "linear" }), gram(y, { kind: "linear" })];
    const expected = toNumber(unbiasedHsic(k, l));
    const [a, b] = [represent(x, "x"), represent(y, "y")];
    const unbiased = (await hsic(a, b, { estimator: "debiased" })).value;
    expect(Math.abs(unbiased / expected - 1)).toBeLessThan(1e-12);
    const biased = (await hsic(a, b)).value;
    expect(Math.abs(biased / expected - 1)).toBeGreaterThan(0.05);
    expect(Math.abs((unbiased * 9 ** 2) / expected - 1)).toBeGreaterThan(1);
  });

  it("averages out to 0 over independent draws, where the biased one does not", async () => {
    let sum = 0;
    let squares = 0;
    let biased = 0;
    const draws = 400;
    for (let draw = 0; draw < draws; draw++) {
      const layers = [
        represent(gaussian(16, 8, 5000 + 2 * draw), "a"),
        represent(gaussian(16, 8, 5001 + 2 * draw), "b"),
      ];
      const result = await compare(layers, undefined, { metrics: ["hsic", "hsic.debiased"] });
      const value = result.get("hsic.debiased", 0, 1).value;
      sum += value;
      squares += value ** 2;
      biased += result.get("hsic.biased", 0, 1).value / draws;
    }
    const error = Math.sqrt(squares / draws / draws);
    expect(Math.abs(sum / draws)).toBeLessThan(4 * error);
    expect(biased).toBeGreaterThan(20 * error);
  });

  // Trap: CKA without centring, which is KA.
  it("and the biased one are centred", async () => {
    const far = map(gaussian(30, 5, 50), (value) => value + 100);
    const other = map(gaussian(30, 4, 51), (value) => value + 100);
    // Uncentred both kernels are 1e4·11ᵀ and alignment would be 1 to four digits.
    expect((await cka(represent(far, "x"), represent(other, "y"))).value).toBeLessThan(0.5);
    expect(
      Math.abs((await cka(represent(far, "x"), represent(other, "y"), { estimator: "debiased" })).value),
    ).toBeLessThan(0.3);
  });
});

// Trap: a square root of a negative HSIC is NaN; a clamp to [0, 1] hides it.
describe("a negative unbiased HSIC", () => {
  it("is returned with its sign, and so is the CKA made of it", async () => {
    // Found among independent layers, about half of which are negative.
    let found = 0;
    for (let seed = 0; seed < 20; seed++) {
      const [x, y] = [gaussian(20, 10, 600 + seed), gaussian(20, 10, 700 + seed)];
      const expected = toNumber(unbiasedHsic(gram(x, { kind: "linear" }), gram(y, { kind: "linear" })));
      if (expected >= 0) continue;
      found += 1;
      const [a, b] = [represent(x, "x"), represent(y, "y")];
      const covariance = await hsic(a, b, { estimator: "debiased" });
      const ratio = await cka(a, b, { estimator: "debiased" });
      expect(covariance.status).toBe("ok");
      expect(Math.abs(covariance.value / expected - 1)).toBeLessThan(1e-10);
      expect(ratio.status).toBe("ok");
      expect(ratio.value).toBeLessThan(0);
    }
    expect(found).toBeGreaterThan(3);
  });
});
