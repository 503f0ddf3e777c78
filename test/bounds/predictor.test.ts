// The kernel's own predictor against its bound, R(h) ≤ 2(1 − A), on random layers, kernels and targets, degenerate ones among them.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { GramMatrix, taskAlignment } from "../../lib/index.ts";
import { kernels, represent } from "../property/ask.ts";
import { hardships, related, shapes } from "../property/scenario.ts";
import { rounded } from "../twin/dense.ts";
import { at, type Features, features, map } from "../twin/features.ts";
import { gram } from "../twin/gram.ts";
import { gaussian, uniform } from "../twin/random.ts";

/** Targets of every kind, from the layers of a scenario and a seed. */
const targetsOf: Readonly<Record<string, (x: Features, y: Features, seed: number) => Features>> = {
  "another layer's features": (_, y) => y,
  "one column of noise": (x, _, seed) => gaussian(x.n, 1, seed),
  "columns of all sizes": (_, y) => map(y, (value, __, j) => value * 10 ** ((j % 7) - 3)),
  signs: (x, _, seed) => map(gaussian(x.n, 1, seed), (value) => (value < 0 ? -1 : 1)),
  "one class out of four": (x, _, seed) => {
    const next = uniform(seed);
    const labels = Array.from({ length: x.n }, () => Math.floor(4 * next()));
    return features(x.n, 4, (i, j) => (labels[i] === j ? 1 : 0));
  },
  "the same for every sample": (x) => features(x.n, 2, (_, j) => 1 - 3 * j),
  "zero but for one sample": (x, _, seed) => features(x.n, 1, (i) => (i === seed % x.n ? 5 : 0)),
  "the layer itself": (x) => x,
  "the layer's first feature": (x) => features(x.n, 1, (i) => at(x, i, 0)),
};

const runs = 36;
let cases = 0;

/** The risk by its definition: h(x_i) = (1/n)·Σ_j K_ij·y_j/√(mean K²), y with mean square 1. */
function riskOf(k: Features, y: Features): number {
  const meanSquare = k.data.reduce((sum, value) => sum + value ** 2, 0) / k.data.length;
  const unit = Math.sqrt(y.n / y.data.reduce((sum, value) => sum + value ** 2, 0));
  let sum = 0;
  for (let i = 0; i < y.n; i += 1) {
    for (let c = 0; c < y.d; c += 1) {
      let h = 0;
      for (let j = 0; j < y.n; j += 1) h += at(k, i, j) * at(y, j, c);
      sum += ((h / y.n / Math.sqrt(meanSquare) - at(y, i, c)) * unit) ** 2;
    }
  }
  return sum / y.n;
}

describe.each(Object.entries(kernels))("%s kernel", (_, kernel) => {
  test.each(Object.keys(targetsOf))("%s", async (kind) => {
    await fc.assert(
      fc.asyncProperty(shapes, fc.constantFrom(...Object.keys(hardships)), async (shape, hardship) => {
        const { x, y } = hardships[hardship]!(related(shape), shape.seed);
        const targets = targetsOf[kind]!(x, y, shape.seed);
        fc.pre(targets.data.some((value) => value !== 0));
        const [found] = (await taskAlignment(represent(x, "x"), represent(targets, "y"), { kernel })).layers;
        // No bandwidth, or no kernel at all: no predictor, and a reason.
        if (found!.predictor === null) return expect(found!.reason).not.toBeNull();
        cases += 1;
        const { risk, bound, slack, wrongSigns } = found!.predictor;
        // Two sums of up to 33·40 terms around 1.
        expect(slack).toBeGreaterThanOrEqual(-1e-12);
        expect(risk).toBeGreaterThanOrEqual(0);
        expect(bound).toBeLessThanOrEqual(4 + 1e-12);
        if (wrongSigns !== null) expect(wrongSigns).toBeLessThanOrEqual(risk + 1e-12);
        // Sums in another order, of at most 33·70 products.
        const slow = riskOf(rounded(gram(x, kernel)), targets);
        expect(Math.abs(risk - slow)).toBeLessThanOrEqual(1e-11 * Math.max(1, slow));
      }),
      { numRuns: runs, seed: 7 },
    );
  });
});

test("a Gram matrix that the caller brings is bounded like the others", async () => {
  for (let seed = 0; seed < 20; seed += 1) {
    const n = 5 + seed;
    const k = rounded(gram(gaussian(n, 1 + (seed % 6), seed), { kind: "linear" }));
    const y = gaussian(n, 1 + (seed % 3), seed + 50);
    const [found] = (await taskAlignment(GramMatrix.fromArray(k.data, n, { name: "k" }), represent(y, "y"))).layers;
    const { risk, bound } = found!.predictor!;
    cases += 1;
    // Two sums around 1.
    expect(risk).toBeLessThanOrEqual(bound + 1e-12);
    expect(Math.abs(risk - riskOf(k, y))).toBeLessThanOrEqual(1e-11);
  }
});

test("these were two thousand cases and more", () => {
  expect(cases).toBeGreaterThanOrEqual(2_000);
});
