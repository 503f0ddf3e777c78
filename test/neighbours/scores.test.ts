import { describe, expect, it } from "vitest";
import type { NativeNeighbourScore } from "../../lib/native.ts";
import { type Features, features, selectRows } from "../twin/features.ts";
import { gaussian, uniform } from "../twin/random.ts";
import { neighbourLists } from "./plain-lists.ts";
import { plainScores } from "./plain-scores.ts";
import { runScores } from "./run-scores.ts";

const wants = Object.keys(plainScores) as NativeNeighbourScore[];

/** Small whole numbers: most products are equal to many others. */
const integers = (n: number, d: number, seed: number): Features => {
  const next = uniform(seed);
  return features(n, d, () => Math.floor(3 * next()) - 1);
};
const repeated = (n: number, d: number, seed: number): Features =>
  selectRows(
    gaussian(n, d, seed),
    Array.from({ length: n }, (_, i) => i % Math.ceil(n / 3)),
  );
const makers = { gaussian, integers, repeated };

const shapes = [
  [2, 1],
  [3, 1],
  [3, 2],
  [4, 1],
  [4, 3],
  [5, 2],
  [5, 4],
  [16, 5],
  [17, 16],
  [33, 10],
  // Around the lists that fit the bits of a lane, and the words of longer ones.
  [40, 31],
  [40, 32],
  [40, 33],
  [66, 64],
  [66, 65],
  [70, 69],
] as const;

describe.each(Object.entries(makers))("neighbour scores by their definitions: %s", (_name, make) => {
  it.each(shapes)("n = %i, k = %i", async (n, k) => {
    const layers = [1, 2, 3].map((seed) => neighbourLists(make(n, 4, seed), k, "raw"));
    const pairs = [
      [0, 1],
      [1, 0],
      [2, 1],
      [0, 0],
    ] as const;
    const scores = await runScores(layers, pairs, wants);
    for (const [w, want] of wants.entries()) {
      for (const [p, [a, b]] of pairs.entries()) {
        const found = scores[w]![p]!;
        const expected = plainScores[want](layers[a]!, layers[b]!);
        // Sums of at most n² products of numbers of a few units, divided by self terms of their size: rounding alone. Biased CKNNA of
        // lists that barely differ cancels a few digits.
        const error = Number.isNaN(expected) ? Number(!Number.isNaN(found)) : Math.abs(found - expected);
        expect({ want, a, b, found, expected, right: error <= 1e-10 }).toMatchObject({ right: true });
      }
    }
  });
});

it("lists of several words by their definitions", async () => {
  const layers = [1, 2].map((seed) => neighbourLists(gaussian(200, 4, seed), 130, "raw"));
  const whole = ["mutual", "jaccard", "lcs", "edit"] as const;
  for (const [w, [score]] of (await runScores(layers, [[0, 1]], whole)).entries()) {
    // Means of fractions of whole numbers.
    expect(Math.abs(score! - plainScores[whole[w]!](layers[0]!, layers[1]!))).toBeLessThan(1e-13);
  }
});

describe("neighbour scores", () => {
  const layers = Array.from({ length: 7 }, (_, seed) => neighbourLists(gaussian(90, 5, seed), 12, "unit"));
  const pairs = layers.flatMap((_, a) => layers.map((__, b) => [a, b] as const));

  it("have the same bits on any number of threads", async () => {
    const one = await runScores(layers, pairs, wants, { threads: 1 });
    for (const threads of [2, 3]) expect(await runScores(layers, pairs, wants, { threads })).toEqual(one);
  });

  it("of a layer with itself are 1", async () => {
    const selves = layers.map((_, a) => [a, a] as const);
    const symmetric = ["mutual", "jaccard", "lcs", "edit", "cknnaBiased", "cknnaDebiased"] as const;
    for (const line of await runScores(layers, selves, symmetric)) {
      // Fractions of whole numbers, and ratios of two equal sums.
      for (const score of line) expect(Math.abs(score - 1)).toBeLessThan(1e-14);
    }
  });

  it("are the same both ways round, cycles excepted, which swap", async () => {
    const both = ["mutual", "jaccard", "lcs", "edit", "cknnaBiased", "cknnaDebiased"] as const;
    const there = await runScores(layers, [[0, 1]], [...both, "cycleForward", "cycleBackward"]);
    const back = await runScores(layers, [[1, 0]], [...both, "cycleBackward", "cycleForward"]);
    for (const [w, [score]] of there.entries()) {
      // CKNNA adds the same terms in another order.
      expect(Math.abs(score! - back[w]![0]!)).toBeLessThan(1e-14);
    }
  });

  it("stop when they are told to", async () => {
    const n = 3000;
    const k = 200;
    const indices = Uint32Array.from({ length: n * k }, (_, e) => (Math.floor(e / k) + 1 + (e % k)) % n);
    const large = { n, k, indices, values: new Float64Array(n * k) };
    const many = Array.from({ length: 10_000 }, () => [0, 0] as const);
    const controller = new AbortController();
    const running = runScores([large], many, ["edit"], { signal: controller.signal });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const begin = performance.now();
    controller.abort(new Error("enough"));
    await expect(running).rejects.toThrow("enough");
    // The promise made to users.
    expect(performance.now() - begin).toBeLessThan(250);
  });
});
