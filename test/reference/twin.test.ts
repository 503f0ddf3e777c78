import { describe, expect, it } from "vitest";
import { cka, debiasedCka, ka } from "../twin/alignment.ts";
import { toNumber } from "../twin/double-double.ts";
import { gram, medianDistance } from "../twin/gram.ts";
import { biasedHsic, unbiasedHsic } from "../twin/hsic.ts";
import type { Matrix } from "../twin/matrix.ts";
import { goldenKernels, goldenPairs, goldenQuantities } from "./golden.ts";

/** The twins' answer to one quantity. */
function answer(metric: string, estimator: string | undefined, k: Matrix, l: Matrix): number {
  if (metric === "ka") return ka(k, l);
  if (metric === "cka") return estimator === "debiased" ? debiasedCka(k, l) : cka(k, l);
  return toNumber(estimator === "debiased" ? unbiasedHsic(k, l) : biasedHsic(k, l));
}

// The golden numbers are float64 sums over up to 1000² entries: a few hundred units of 1e-16. Debiased ones subtract numbers a few times
// what is left.
const tolerance = 1e-12;

// The two small pairs only: a thousand samples at 32 digits take minutes. The engine is held to all four in golden.test.ts.
describe.each(goldenPairs().filter(({ x }) => x.n <= 200))(
  "the twins against golden numbers: $name",
  ({ x, y, values }) => {
    const grams = Object.fromEntries(
      Object.entries(goldenKernels).map(([name, kernel]) => [name, [gram(x, kernel), gram(y, kernel)] as const]),
    );

    it.each(goldenQuantities)("$quantity", ({ quantity, metric, kernel, ...rest }) => {
      const [k, l] = grams[kernel] ?? [];
      if (!k || !l) throw new Error(`no Gram matrices for ${kernel}`);
      const value = answer(metric, "estimator" in rest ? rest.estimator : undefined, k, l);
      const expected = values[quantity] ?? NaN;
      expect(Math.abs(value / expected - 1)).toBeLessThan(tolerance);
    });

    it("median distances", () => {
      expect(medianDistance(x) / (values["rbf.median1"] ?? NaN)).toBeCloseTo(1, 13);
      expect(medianDistance(y) / (values["rbf.median2"] ?? NaN)).toBeCloseTo(1, 13);
    });
  },
);
