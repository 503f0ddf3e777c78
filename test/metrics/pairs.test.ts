import { describe, expect, it } from "vitest";

import { compare, cosine, linear, metrics, rbf } from "../../lib/index.ts";
import { represent } from "../property/ask.ts";
import { at, map } from "../twin/features.ts";
import { gaussian } from "../twin/random.ts";

const n = 60;
const common = gaussian(n, 8, 1);

// Related layers, wider and narrower than there are samples; three of one width. Small enough for KMI to exist.
const layers = [3, 8, 8, 40, 70, 1, 8].map((d, i) =>
  represent(
    map(gaussian(n, d, 10 + i), (value, row, j) => 0.3 * (value + at(common, row, j % 8))),
    `layer ${i}`,
  ),
);

const options = {
  metrics: metrics
    .list()
    .flatMap(({ id, variants }) => (variants.length === 0 ? [id] : variants.map((v) => `${id}.${v}`))),
  kernel: [linear(), cosine(), rbf()],
  precision: "f64",
  batch: 20,
} as const;

// Sums in another order, over other layers in the stack; behind them roots and logarithms.
const close = (a: number, b: number): boolean =>
  Object.is(a, b) || Math.abs(a - b) <= 1e-11 * Math.max(1e-3, Math.abs(b));

const turned = (key: string): string =>
  key.replace(/forward|backward/, (way) => (way === "forward" ? "backward" : "forward"));

describe("every metric", () => {
  it("is the same the other way round; a directed one is then called by its other direction", async () => {
    const { matrices } = await compare(layers, undefined, options);
    const byKey = new Map(matrices.map((matrix) => [matrix.key, matrix]));
    const wrong = matrices.flatMap(({ key, values, columns }) => {
      const other = byKey.get(turned(key))!;
      return Array.from(values).flatMap((value, k) => {
        const [i, j] = [Math.floor(k / columns), k % columns];
        return close(value, other.values[j * columns + i]!) ? [] : [{ key, i, j, value }];
      });
    });
    expect(wrong).toEqual([]);
  });

  it("is the same among many layers, for rows against columns, in small blocks and of a single pair", async () => {
    const all = await compare(layers, undefined, options);
    const [rows, columns] = [
      [4, 1],
      [1, 3, 0],
    ];
    const some = await compare(
      rows.map((i) => layers[i]!),
      columns.map((j) => layers[j]!),
      { ...options, block: 7 },
    );
    const single = await compare([layers[4]!], [layers[3]!], { ...options, threads: 1 });
    const wrong = all.matrices.flatMap(({ key, values }, m) => [
      ...rows.flatMap((i, r) =>
        columns.flatMap((j, c) => {
          const value = some.matrices[m]!.values[r * columns.length + c]!;
          return close(value, values[i * layers.length + j]!) ? [] : [{ key, i, j, value }];
        }),
      ),
      ...(close(single.matrices[m]!.values[0]!, values[4 * layers.length + 3]!) ? [] : [{ key, single: true }]),
    ]);
    expect(wrong).toEqual([]);
  });
});
