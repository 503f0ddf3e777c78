import { expect, it } from "vitest";
import { compare } from "../../lib/index.ts";
import { represent } from "../property/ask.ts";
import { related } from "../property/scenario.ts";
import { pwcca } from "../twin/canonical.ts";
import { knownCorrelations } from "./known-correlations.ts";

// Traps: directions without Σ^(−1/2) in place of canonical variates (0.9355 for 0.9397); an index error or the wrong side where the second layer
// is narrower; weights that are 1 by construction, then scaled by q/p (exactly 0.8 = 20/25 of the right number).
const sizes = [4, 1, 3, 0.5, 2, 1];
const rho = [0.2, 0.9, 0.6];

const weighted = (weights: readonly number[]): number =>
  rho.reduce((sum, value, i) => sum + value * weights[i]!, 0) / rho.reduce((sum, _, i) => sum + weights[i]!, 0);

it("weights are how much of the layer's own features a variate accounts for, over the variates with a partner", async () => {
  // The features are multiples of the variates, so the weights are the multiples; x has six, y three.
  const { x, y } = knownCorrelations(40, sizes, rho);
  const there = await compare([represent(x, "x")], [represent(y, "y")], {
    metrics: ["pwcca.forward", "pwcca.backward"],
  });
  const back = await compare([represent(y, "y")], [represent(x, "x")], {
    metrics: ["pwcca.forward", "pwcca.backward"],
  });
  for (const [result, variant] of [
    [there, "forward"],
    [there, "backward"],
    [back, "forward"],
    [back, "backward"],
  ] as const) {
    // A few roundings of numbers of size 1.
    expect(Math.abs(result.get("pwcca", 0, 0, { variant }).value - weighted(sizes))).toBeLessThan(1e-13);
  }
  // Neither the plain mean nor that over all six.
  expect(Math.abs(weighted(sizes) - weighted([1, 1, 1]))).toBeGreaterThan(0.05);
});

it.each([
  [4, 9],
  [9, 4],
  [6, 6],
])("%d features against %d, each way", async (dx, dy) => {
  const { x, y } = related({ n: 40, dx, dy, seed: 5 });
  const result = await compare([represent(x, "x")], [represent(y, "y")], {
    metrics: ["pwcca.forward", "pwcca.backward", "cca-rho"],
  });
  const [forward, backward] = ["forward", "backward"].map((variant) => result.get("pwcca", 0, 0, { variant }).value);
  // Two decompositions of well-conditioned features.
  expect(Math.abs(forward! - pwcca(x, y))).toBeLessThan(1e-12);
  expect(Math.abs(backward! - pwcca(y, x))).toBeLessThan(1e-12);
  expect(Math.abs(forward! - result.get("cca-rho", 0, 0).value)).toBeGreaterThan(1e-4);
});
