import { describe, expect, it } from "vitest";
import { compare, cosine, linear, rbf } from "../../lib/index.ts";
import { TwinPair } from "../metrics/twin-pair.ts";
import { represent } from "../property/ask.ts";
import { at, type Features, features, map, selectRows } from "../twin/features.ts";
import { jaccard, lcs, mutual } from "../twin/neighbours.ts";
import { gaussian } from "../twin/random.ts";

const metrics = ["mutual-knn(k=8)", "jaccard-knn(k=8)", "lcs-knn(k=8)"];

const whole = (z: Features): Features => map(z, (value) => Math.round(3 * value));

// Every sample up to five times, here and there.
const rows = Array.from({ length: 60 }, (_, i) => (i * i) % 17);

describe("ties go to the lower index", () => {
  // Traps: orders that an unstable sort, or another tile, gives equal neighbours (mutual kNN 0.60 for 1.0); dropping whatever comes first in the
  // belief that it is the sample itself, which among duplicates it need not be.
  it.each([linear(), cosine(), rbf()])("duplicated samples ($kind)", async (kernel) => {
    const x = selectRows(
      map(whole(gaussian(17, 5, 1)), (value, _, j) => (j === 0 ? value + 1 : value)),
      rows,
    );
    const y = selectRows(whole(map(gaussian(17, 9, 2), (value) => value + 0.5)), rows);
    const lists = new TwinPair(x, y).lists(kernel, 8);
    const expected = [mutual(...lists), jaccard(...lists), lcs(...lists)];
    for (const precision of ["f64", "f32"] as const) {
      for (const [block, threads] of [
        [64, 1],
        [7, 2],
        [1, 2],
      ] as const) {
        const result = await compare([represent(x, "x")], [represent(y, "y")], {
          metrics,
          kernel,
          precision,
          block,
          threads,
        });
        // Shares of lists, summed in f64.
        metrics.forEach((metric, i) => {
          expect(Math.abs(result.get(metric, 0, 0).value - expected[i]!)).toBeLessThan(1e-12);
        });
      }
    }
  });

  it("a copy in other units has the same neighbours", async () => {
    const x = selectRows(gaussian(17, 5, 3), rows);
    const copy = map(x, (value) => 4 * value);
    for (const kernel of [linear(), cosine(), rbf()]) {
      const result = await compare([represent(x, "x")], [represent(copy, "copy")], { metrics, kernel });
      for (const metric of metrics) expect(result.get(metric, 0, 0).value).toBe(1);
    }
  });
});

// A row of one entry, of whatever size, is a direction that others share to the bit: no division may tell them apart.
it("equal directions are ties, for neighbours and for ranks", async () => {
  const size = (i: number): number => 1 + i / 7;
  const layers: readonly (readonly [string, Features, Features])[] = [
    [
      "one feature",
      features(40, 1, (i) => size(i) * (i % 3 === 0 ? -1 : 1)),
      features(40, 1, (i) => (i % 3 === 0 ? -1 : 1)),
    ],
    [
      "one of four",
      features(40, 4, (i, j) => (i % 4 === j ? size(i) : 0)),
      features(40, 4, (i, j) => (i % 4 === j ? 1 : 0)),
    ],
  ];
  const ranked = ["rsa-spearman(distance=cosine)", "lcs-knn(k=8)", "mutual-knn(k=8)", "edit-knn(k=8)"];
  for (const [name, sized, unit] of layers) {
    for (const precision of ["f64", "f32"] as const) {
      const [x, y] = [represent(sized, "sized"), represent(unit, "unit")];
      const result = await compare([x], [y], { metrics: [...ranked, "rsa-kendall(distance=cosine)"], precision });
      const own = await compare([y], undefined, { metrics: ["rsa-kendall(distance=cosine)"], precision });
      const values = ranked.map((metric) => result.get(metric, 0, 0).value);
      // A correlation of whole numbers, and shares that are all of it.
      const wrong = values.flatMap((value, k) => (Math.abs(value - 1) < 1e-12 ? [] : [{ metric: ranked[k], value }]));
      expect({ name, precision, wrong }).toEqual({ name, precision, wrong: [] });
      // Two distances only: τ-a is what the ties leave of it.
      const tau = result.get("rsa-kendall", 0, 0).value;
      expect({ name, tau }).toEqual({ name, tau: own.get("rsa-kendall", 0, 0).value });
    }
  }
});

// Trap: the sample itself masked with −1e8, which is nearer than the other cluster where inner products are −1e10.
it("nobody is its own neighbour, whatever the size of the features", async () => {
  const cluster = (seed: number): Features =>
    features(12, 3, (i, j) => (i < 6 ? 1e5 : -1e5) + 1e3 * at(gaussian(12, 3, seed), i, j));
  const [x, y] = [cluster(4), cluster(5)];
  const result = await compare([represent(x, "x")], [represent(y, "y")], { metrics, kernel: linear() });
  const lists = new TwinPair(x, y).lists(linear(), 8);
  expect(lists[0].every((list, i) => !list.includes(i))).toBe(true);
  [mutual(...lists), jaccard(...lists), lcs(...lists)].forEach((expected, i) => {
    expect(Math.abs(result.get(metrics[i]!, 0, 0).value - expected)).toBeLessThan(1e-12); // shares, summed in f64
  });
});

it("of unrelated layers, k/(n−1) of the neighbours are shared", async () => {
  const [n, k, pairs] = [150, 10, 8];
  const layers = (first: number) =>
    Array.from({ length: pairs }, (_, i) => represent(gaussian(n, 6, first + i), `${first + i}`));
  const result = await compare(layers(200), layers(300), { metrics: ["mutual-knn"] });
  const { values } = result.matrix("mutual-knn");
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  // 64 pairs of 150 samples, each sharing 10 of 149 by chance: a standard error of 0.0008, were they all independent.
  expect(Math.abs(mean - k / (n - 1))).toBeLessThan(0.004);
});
