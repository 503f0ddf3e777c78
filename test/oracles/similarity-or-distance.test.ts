import { expect, it } from "vitest";
import { compare, metrics } from "../../lib/index.ts";
import { represent } from "../property/ask.ts";
import { map } from "../twin/features.ts";
import { gaussian } from "../twin/random.ts";

// Trap: 1 − x under the name of x, a root or a square under the name of the other, and nobody told which way is alike.
it("a layer is nearest to itself in the sense that the catalogue says", async () => {
  // Small enough for KMI to exist; wide apart, so that no metric takes an unrelated layer for a copy.
  const [x, y] = [5, 6].map((seed) => map(gaussian(40, 6, seed), (value) => 0.5 * value));
  const requests = metrics
    .list()
    .flatMap(({ id, variants }) => (variants.length === 0 ? [id] : variants.map((variant) => `${id}.${variant}`)));
  const result = await compare([represent(x!, "x"), represent(y!, "y")], undefined, { metrics: requests });
  const wrong = result.matrices.flatMap(({ key, metric, sense, range, variant, values }) => {
    const [self, other] = values as unknown as [number, number];
    const unbiased = variant === "debiased" || variant === "minibatch" || variant === "unbiased";
    // κ keeps a layer's canonical correlation with itself below 1.
    const short = unbiased || metric === "kcc";
    const ends = sense === "distance" ? range[0] : range[1];
    const nearer = sense === "distance" ? self < other : self > other;
    // What a metric's best value is, it takes for a copy: to the roundings of a root, and platonic-rep's 1e-6.
    const best = ends === null || short || Math.abs(self - ends) < 1e-4;
    return nearer && best ? [] : [{ key, sense, self, other }];
  });
  expect(wrong).toEqual([]);
});
