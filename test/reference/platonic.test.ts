import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

import { compare, cosine, linear, presets, Representation } from "../../lib/index.ts";
import type { Features } from "../twin/features.ts";
import { goldenPairs } from "./golden.ts";

const file = readFileSync(new URL("golden/mnist.platonic-rep.json", import.meta.url), "utf8");
const golden = JSON.parse(file) as Record<string, Record<string, number>>;

/** What platonic-rep was given: the features as they are, or rows of norm 1. */
const kernels = { raw: linear(), l2: cosine() };

/** Our names for its metrics. Its cycle goes through the second layer's neighbours and back through the first's. */
const metrics = {
  cka: "platonic-cka.biased",
  unbiased_cka: "platonic-cka.debiased",
  mutual_knn: "platonic-mutual-knn",
  cycle_knn: "platonic-cycle-knn.forward",
  lcs_knn: "platonic-lcs-knn",
  cknna: "platonic-cknna.forward",
};

// platonic-rep computes in f32; the file has what its formulas give in f64 where they are sums, and shares of a thousand samples in f32.
const tolerance = 1e-6;

const layer = ({ data, n, d }: Features, name: string): Representation =>
  Representation.fromArray(Float32Array.from(data), [n, d], { name });

const pairs = goldenPairs().filter(({ name }) => name in golden);

it("every pair and every quantity of the file is asked for", () => {
  expect(pairs.map(({ name }) => name).sort()).toEqual(Object.keys(golden).sort());
  const quantities = Object.keys(kernels).flatMap((rows) => Object.keys(metrics).map((name) => `${rows}.${name}`));
  for (const values of Object.values(golden)) expect(Object.keys(values).sort()).toEqual(quantities.sort());
});

describe.each(pairs)("platonic-rep's own numbers: $name", ({ name, x, y }) => {
  it.each(["f64", "f32"] as const)("%s", async (precision) => {
    const result = await compare([layer(x, "x")], [layer(y, "y")], {
      metrics: Object.values(metrics),
      kernel: Object.values(kernels),
      precision,
    });
    const wrong = Object.entries(kernels).flatMap(([rows, kernel]) =>
      Object.entries(metrics).flatMap(([quantity, metric]) => {
        const expected = golden[name]![`${rows}.${quantity}`]!;
        const { value, reason } = result.get(metric, 0, 0, { kernel });
        return Math.abs(value - expected) <= tolerance * Math.max(1, Math.abs(expected))
          ? []
          : [{ rows, quantity, value, expected, reason }];
      }),
    );
    expect(wrong).toEqual([]);
  });
});

it("the preset has these metrics, and the best pair of layers is the greatest of the matrix", async () => {
  for (const metric of Object.values(metrics)) expect(`${presets.platonic}`).toContain(metric.split(".")[0]);
  const small = goldenPairs().filter(({ x }) => x.n === 200 || x.n === 100);
  const rows = small.map(({ x }, i) => layer({ ...x, data: x.data.subarray(0, 100 * x.d), n: 100 }, `row ${i}`));
  const columns = small.map(({ y }, i) => layer({ ...y, data: y.data.subarray(0, 100 * y.d), n: 100 }, `column ${i}`));
  expect(rows.length).toBeGreaterThan(1);
  const result = await compare(rows, columns, { metrics: "platonic" });
  for (const { name, values, columns: width } of result.matrices) {
    const best = result.best(name);
    const greatest = Math.max(...values);
    const place = values.indexOf(greatest);
    expect(best).toEqual({
      row: `row ${Math.floor(place / width)}`,
      column: `column ${place % width}`,
      value: greatest,
    });
  }
});
