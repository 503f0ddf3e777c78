import { expect, it } from "vitest";
import { cka, hsic, medianBandwidth, rbf } from "../../lib/index.ts";
import { cka as twinCka } from "../twin/alignment.ts";
import { map } from "../twin/features.ts";
import { gram } from "../twin/gram.ts";
import { represent } from "../property/ask.ts";
import { related } from "../property/scenario.ts";

// Trap: a tool takes the bandwidth from x and reuses it for y, so that swapping the two changes the answer (0.607 against 0.659).
const { x, y: raw } = related({ n: 40, dx: 6, dy: 5, seed: 12 });
const y = map(raw, (value) => 7 * value);
const [a, b] = [represent(x, "x"), represent(y, "y")];

it("each layer has its own median bandwidth, so the answer does not depend on which comes first", async () => {
  for (const estimator of ["biased", "debiased"] as const) {
    for (const metric of [cka, hsic]) {
      const there = (await metric(a, b, { kernel: rbf(), estimator })).value;
      const back = (await metric(b, a, { kernel: rbf(), estimator })).value;
      expect(Math.abs(there - back)).toBeLessThanOrEqual(1e-14 * Math.abs(there)); // sums in another order
    }
  }
});

it("and it is not the answer that a shared bandwidth gives", async () => {
  const own = (await cka(a, b, { kernel: rbf() })).value;
  const shared = rbf({ bandwidth: (await medianBandwidth(a)).distance });
  const reused = (await cka(a, b, { kernel: shared })).value;
  expect(Math.abs(own - twinCka(gram(x, rbf()), gram(y, rbf())))).toBeLessThan(1e-12);
  expect(Math.abs(reused - twinCka(gram(x, shared), gram(y, shared)))).toBeLessThan(1e-12);
  expect(Math.abs(own - reused)).toBeGreaterThan(0.01);
});

it("HSIC is a covariance and not a correlation: of a layer with itself it is not 1", async () => {
  const self = (await hsic(a, a, { kernel: rbf(), estimator: "debiased" })).value;
  expect(self).toBeGreaterThan(0);
  expect(self).toBeLessThan(0.25); // a variance of values between 0 and 1
});
