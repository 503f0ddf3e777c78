import { describe, expect, it } from "vitest";
import { type Features, features, map, selectRows } from "../twin/features.ts";
import { gaussian, uniform } from "../twin/random.ts";
import { kendall, spearman, squaredDistances, unitRows } from "./plain-ranks.ts";
import { allPairs, type Rows, runRanks, sourceOf } from "./run-ranks.ts";

const integers = (n: number, d: number, seed: number): Features => {
  const next = uniform(seed);
  return features(n, d, () => Math.floor(4 * next()) - 1);
};

/** Layers of n samples whose distances tie in many ways, and one that has no ties. */
const makers: Readonly<Record<string, (n: number, d: number, seed: number) => Features>> = {
  gaussian,
  integers,
  "integers far from 0": (n, d, seed) => map(integers(n, d, seed), (x) => x + 4096),
  // 0.1 has no end in binary: sums of its squares are rounded, yet equal where the counts are.
  "tenths, yes or no": (n, d, seed) => map(integers(n, d, seed), (x) => (x > 0 ? 0.1 : 0)),
  "repeated rows": (n, d, seed) =>
    selectRows(
      gaussian(n, d, seed),
      Array.from({ length: n }, (_, i) => (i * 7) % Math.ceil(n / 3)),
    ),
  "an even grid": (n, d) => features(n, d, (i, j) => (j === 0 ? i : 1)),
  constant: (n, d) => features(n, d, () => 0.3),
};

const near = (found: number, expected: number, tolerance: number): boolean =>
  Number.isNaN(expected) ? Number.isNaN(found) : Math.abs(found - expected) <= tolerance;

describe.each(["f64", "f32"] as const)("rank correlations by their definitions, %s", (precision) => {
  it.each([
    [2, 3],
    [3, 1],
    [4, 2],
    [5, 7],
    [17, 1],
    [40, 6],
    [61, 33],
  ])("n = %i, d = %i", async (n, d) => {
    const names = Object.keys(makers);
    const layers = names.map((name, seed) => map(makers[name]!(n, d, seed), Math.fround));
    const distances = layers.map(squaredDistances);
    const found = await runRanks(
      layers.map((layer) => sourceOf(layer, "features", precision)),
      { precision },
    );
    for (const [p, [a, b]] of allPairs(layers.length).entries()) {
      const expected = { rho: spearman(distances[a]!, distances[b]!), tau: kendall(distances[a]!, distances[b]!).a };
      const pair = { pair: `${names[a]} and ${names[b]}`, rho: found.spearman[p]!, tau: found.kendall[p]!, expected };
      // Whole numbers divided once; Spearman's are rounded in a sum of N ≤ 1830 halves. In f32 two distances may be closer than its seventh digit.
      const swap = precision === "f32" ? 4 / (distances[a]!.length * (distances[a]!.length - 1)) : 0;
      expect({ ...pair, right: near(pair.tau, expected.tau, swap + 1e-14) }).toMatchObject({ right: true });
      expect({ ...pair, right: near(pair.rho, expected.rho, swap + 1e-12) }).toMatchObject({ right: true });
    }
    expect([...found.constant]).toEqual(
      distances.map((values) => Number(values.every((value) => value === values[0]))),
    );
  });
});

describe("rank correlations", () => {
  it.each<Rows>(["unit", "centred"])("of %s rows", async (rows) => {
    const layers = [1, 2, 3].map((seed) => map(gaussian(50, 9, seed), (x) => x + 1));
    const distances = layers.map((layer) => squaredDistances(unitRows(layer, rows === "centred")));
    const found = await runRanks(layers.map((layer) => sourceOf(layer, rows)));
    for (const [p, [a, b]] of allPairs(3).entries()) {
      expect(Math.abs(found.kendall[p]! - kendall(distances[a]!, distances[b]!).a)).toBeLessThan(1e-14);
      // Rounding of a sum of 1225 products of halves.
      expect(Math.abs(found.spearman[p]! - spearman(distances[a]!, distances[b]!))).toBeLessThan(1e-12);
    }
  });

  const layers = Array.from({ length: 5 }, (_, seed) => gaussian(300, 20, seed));

  it.each([0, 4096])("have the same bits on any number of threads, %i bins", async (bins) => {
    for (const precision of ["f32", "f64"] as const) {
      const sources = layers.map((layer) => sourceOf(layer));
      const wants = bins > 0 ? (["spearman"] as const) : (["spearman", "kendall"] as const);
      const one = await runRanks(sources, { threads: 1, precision, bins, wants });
      for (const threads of [2, 3]) {
        expect(await runRanks(sources, { threads, precision, bins, wants })).toEqual(one);
      }
    }
  });

  it("ties of duplicates are ties wherever the rows stand", async () => {
    const rows = Array.from({ length: 300 }, (_, i) => (i * 37) % 60);
    const twice = layers.slice(0, 2).map((layer) => selectRows(layer, rows));
    const distances = twice.map(squaredDistances);
    for (const precision of ["f32", "f64"] as const) {
      const { spearman: rho } = await runRanks(
        twice.map((layer) => sourceOf(layer)),
        { precision, pairs: Uint32Array.of(0, 1), wants: ["spearman"] },
      );
      // f32: as for the golden numbers.
      expect(Math.abs(rho[0]! - spearman(distances[0]!, distances[1]!))).toBeLessThan(
        precision === "f32" ? 1e-6 : 1e-12,
      );
    }
  });

  it.each([
    ["exact", 0, gaussian],
    ["exact, of ties", 0, integers],
    ["by bins", 4096, gaussian],
  ] as const)("stop when they are told to: %s", async (_name, bins, make) => {
    const large = sourceOf(make(4000, 64, 1));
    const controller = new AbortController();
    const sources = Array.from({ length: 6 }, () => large);
    const running = runRanks(sources, {
      bins,
      wants: bins > 0 ? ["spearman"] : ["spearman", "kendall"],
      signal: controller.signal,
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const begin = performance.now();
    controller.abort(new Error("enough"));
    await expect(running).rejects.toThrow("enough");
    // The promise made to users.
    expect(performance.now() - begin).toBeLessThan(250);
  });
});
