import { describe, expect, it } from "vitest";
import { compare, metrics } from "../../lib/index.ts";
import { represent } from "../property/ask.ts";
import { related } from "../property/scenario.ts";
import { at, type Features, features, map, multiply } from "../twin/features.ts";
import { gaussian } from "../twin/random.ts";

// Traps: floors of 1e-7 on eigenvalues and ridges of 1e-8 in the features' own units (0.214 rad for 0 at a scale of 1e-5, SVCCA 0.146 for 0.965).
const { x, y } = related({ n: 40, dx: 7, dy: 7, seed: 61 });
const scaleFree = metrics.list().filter(({ invariances }) => invariances.scale);
const requests = scaleFree.flatMap(({ id, variants }) =>
  (variants.length === 0 ? [id] : variants.map((variant) => `${id}.${variant}`)).concat(
    id === "shape" ? ["shape(alpha=0)", "shape(alpha=0.5)"] : [],
  ),
);

const ask = async (a: Features, b: Features): Promise<Map<string, number>> => {
  const result = await compare([represent(a, "a")], [represent(b, "b")], { metrics: requests });
  return new Map(result.matrices.map(({ key, values }) => [key, values[0]!]));
};

describe("every metric that says that scales do not matter", () => {
  it.each([
    [1e-5, 1e-5],
    [1e-5, 1e5],
    [1e5, 1],
    [1e5, 1e5],
  ])("features times %d and %d", async (first, second) => {
    const reference = await ask(x, y);
    const scaled = await ask(
      map(x, (value) => first * value),
      map(y, (value) => second * value),
    );
    expect(reference.size).toBeGreaterThan(30);
    for (const [key, value] of reference) {
      // The features are rounded once more; singular values and angles pass some of that on.
      expect([key, Math.abs(scaled.get(key)! - value) <= 1e-11 * Math.max(1, Math.abs(value))]).toEqual([key, true]);
    }
  });
});

it.each([1e-5, 1, 1e5])(
  "layers that are linear in each other are at whitened distance 0, at a scale of %d",
  async (scale) => {
    const image = map(multiply(x, gaussian(7, 7, 62)), (value) => scale * value);
    const result = await compare([represent(x, "x")], [represent(image, "image")], { metrics: ["shape(alpha=0)"] });
    // The arccos of 1 less a few roundings is the root of these.
    expect(result.get("shape(alpha=0)", 0, 0).value).toBeLessThan(1e-6);
  },
);

it("columns of zeros count for nothing: their variance is not whitened to 1", async () => {
  const padded = (z: Features): Features => features(z.n, z.d + 5, (i, j) => (j < z.d ? at(z, i, j) : 0));
  const [plain, wide] = [await ask(x, y), await ask(padded(x), padded(y))];
  for (const [key, value] of plain) {
    // Correlations between rows are over all features, zeros as well.
    expect([key, Math.abs(wide.get(key)! - value) <= 1e-11 * Math.max(1, Math.abs(value))]).toEqual([key, true]);
  }
});
