import { describe, expect, it } from "vitest";
import { goldenPairs } from "../reference/golden.ts";
import { type Features, features, map } from "../twin/features.ts";
import { gaussian, uniform } from "../twin/random.ts";
import { spearman, squaredDistances } from "./plain-ranks.ts";
import { runRanks, sourceOf } from "./run-ranks.ts";

const binned = async (layers: readonly Features[], bins: number, precision: "f32" | "f64"): Promise<number> => {
  const sources = layers.map((layer) => sourceOf(layer));
  const options = { pairs: Uint32Array.of(0, 1), wants: ["spearman"], bins, precision } as const;
  return (await runRanks(sources, options)).spearman[0]!;
};

/**
 * Bins move the ranks of N entries by about N/B each, which moves ρ by a few times 1/(B√N) and shrinks it by 1/B²; uneven filling
 * makes that a little more.
 */
const tolerance = (bins: number, n: number): number => 20 / (bins * Math.sqrt((n * (n - 1)) / 2)) + 4 / bins ** 2;

describe("ranks by bins", () => {
  it.each(goldenPairs())("near the exact ones: $name", async ({ x, y, values }) => {
    const expected = values["rsa.euclidean.spearman"] ?? NaN;
    for (const precision of ["f32", "f64"] as const) {
      for (const bins of [1 << 16, 1 << 12]) {
        expect(Math.abs((await binned([x, y], bins, precision)) - expected)).toBeLessThan(tolerance(bins, x.n));
      }
    }
  });

  it("whatever the spread of the distances: outliers, duplicates, few different values", async () => {
    const n = 200;
    const next = uniform(9);
    const layers: readonly Features[] = [
      map(gaussian(n, 5, 1), (x, i) => (i === 7 ? 1e3 * x : x)),
      map(gaussian(n, 5, 2), (x) => 1e6 + x),
      features(n, 5, () => Math.floor(2 * next())),
      map(gaussian(n, 5, 3), (x, i) => (i % 2 === 0 ? x : 3)),
      gaussian(n, 1, 4),
    ];
    const distances = layers.map(squaredDistances);
    const bins = 1 << 16;
    for (let a = 0; a < layers.length; a++) {
      for (let b = 0; b < a; b++) {
        const found = await binned([layers[a]!, layers[b]!], bins, "f64");
        expect(Math.abs(found - spearman(distances[a]!, distances[b]!))).toBeLessThan(tolerance(bins, n));
      }
    }
  });

  it("a layer whose distances are all equal has no correlation", async () => {
    const sources = [sourceOf(features(20, 3, () => 0.3)), sourceOf(gaussian(20, 3, 1))];
    const { spearman: rho, constant } = await runRanks(sources, { bins: 64, wants: ["spearman"] });
    expect([...constant]).toEqual([1, 0]);
    expect([...rho].map(Number.isNaN)).toEqual([true, true, false]);
  });
});
