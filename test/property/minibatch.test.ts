import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cka, compare, hsic, linear, rbf } from "../../lib/index.ts";
import { permutation } from "../../lib/random.ts";
import { minibatchCka } from "../twin/alignment.ts";
import { toNumber } from "../twin/double-double.ts";
import { gram } from "../twin/gram.ts";
import { unbiasedHsic } from "../twin/hsic.ts";
import { gaussian } from "../twin/random.ts";
import { represent } from "./ask.ts";
import { related } from "./scenario.ts";

/** As many whole batches as fit, the rest spread over them: no sample is dropped, none comes twice. */
function batchesOf(n: number, batch: number, seed: number): number[][] {
  const order = Array.from(permutation(n, seed));
  const count = Math.max(1, Math.floor(n / batch));
  return Array.from({ length: count }, (_, k) =>
    order.slice(Math.floor((n * k) / count), Math.floor((n * (k + 1)) / count)),
  );
}

const shapes = fc.record({
  n: fc.integer({ min: 8, max: 40 }),
  dx: fc.integer({ min: 2, max: 12 }),
  dy: fc.integer({ min: 2, max: 12 }),
  seed: fc.nat(1000),
});

describe("minibatch", () => {
  it.each([linear(), rbf()])("CKA and HSIC against the twins, given the batches ($kind)", async (kernel) => {
    await fc.assert(
      fc.asyncProperty(shapes, fc.integer({ min: 4, max: 50 }), async (shape, batch) => {
        const { x, y } = related(shape);
        const [k, l] = [gram(x, kernel), gram(y, kernel)];
        const batches = batchesOf(x.n, batch, shape.seed);
        const options = { estimator: "minibatch", batch, seed: shape.seed, kernel } as const;
        const values = batches.map((rows) => toNumber(unbiasedHsic(k.select(rows), l.select(rows))));
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const self = [k, l].map(
          (m) => batches.reduce((s, r) => s + toNumber(unbiasedHsic(m.select(r), m.select(r))), 0) / batches.length,
        );
        const scale = Math.sqrt((self[0] ?? NaN) * (self[1] ?? NaN));
        const [a, b] = [represent(x, "x"), represent(y, "y")];
        // Batches of 4 leave little of the terms that cancel: a hundredth, and rounding grows as that shrinks.
        expect(Math.abs((await hsic(a, b, options)).value - mean)).toBeLessThan(1e-11 * scale);
        expect(Math.abs((await cka(a, b, options)).value - minibatchCka(k, l, batches))).toBeLessThan(1e-10);
      }),
      { seed: 8, numRuns: 30 },
    );
  });

  it("one batch of everything is the debiased estimator", async () => {
    const { x, y } = related({ n: 30, dx: 5, dy: 6, seed: 1 });
    const [a, b] = [represent(x, "x"), represent(y, "y")];
    const whole = await cka(a, b, { estimator: "minibatch", batch: 30 });
    const debiased = await cka(a, b, { estimator: "debiased" });
    // The samples are shuffled, so sums run in another order.
    expect(Math.abs(whole.value - debiased.value)).toBeLessThan(1e-13);
    // A batch larger than the samples is the samples.
    expect((await cka(a, b, { estimator: "minibatch", batch: 1000 })).value).toBe(whole.value);
  });

  it("the standard error is that of the batches' mean", async () => {
    const { x, y } = related({ n: 40, dx: 5, dy: 6, seed: 2 });
    const [k, l] = [gram(x, linear()), gram(y, linear())];
    const values = batchesOf(40, 8, 5).map((rows) => toNumber(unbiasedHsic(k.select(rows), l.select(rows))));
    const mean = values.reduce((sum, value) => sum + value, 0) / 5;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 4;
    const result = await compare([represent(x, "x")], [represent(y, "y")], {
      metrics: ["hsic.minibatch"],
      batch: 8,
      seed: 5,
    });
    expect(result.records()[0]?.error).toBeCloseTo(Math.sqrt(variance / 5), 10);
  });

  it("another seed is another shuffle, the same seed the same bits", async () => {
    const { x, y } = related({ n: 40, dx: 5, dy: 6, seed: 3 });
    const [a, b] = [represent(x, "x"), represent(y, "y")];
    const value = async (seed: number): Promise<number> =>
      (await cka(a, b, { estimator: "minibatch", batch: 8, seed })).value;
    expect(await value(1)).toBe(await value(1));
    expect(await value(1)).not.toBe(await value(2));
  });

  it("is unbiased: over seeds its HSIC averages out to the debiased one of all samples", async () => {
    const { x, y } = related({ n: 36, dx: 4, dy: 4, seed: 4 });
    const [a, b] = [represent(x, "x"), represent(y, "y")];
    const expected = (await hsic(a, b, { estimator: "debiased" })).value;
    const values: number[] = [];
    for (let seed = 0; seed < 200; seed++)
      values.push((await hsic(a, b, { estimator: "minibatch", batch: 6, seed })).value);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = Math.sqrt(
      values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length / (values.length - 1),
    );
    // A U-statistic of a random batch has the U-statistic of all samples for its mean.
    expect(Math.abs(mean - expected)).toBeLessThan(5 * deviation);
  });

  it("of independent layers is about 0 however small the batch", async () => {
    const [a, b] = [represent(gaussian(256, 512, 1), "a"), represent(gaussian(256, 512, 2), "b")];
    // 16 batches of 16: N = 16·(16·13/2) entries, standard deviation √(1/N) = 0.025; five of them.
    expect(Math.abs((await cka(a, b, { estimator: "minibatch", batch: 16 })).value)).toBeLessThan(0.125);
  });
});
