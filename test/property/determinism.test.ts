import { describe, expect, it } from "vitest";
import { compare, type CompareOptions, laplacian, linear, polynomial, rbf } from "../../lib/index.ts";
import { at, map, multiply } from "../twin/features.ts";
import { gaussian } from "../twin/random.ts";
import { represent } from "./ask.ts";

const n = 301; // no multiple of any block
const base = gaussian(n, 20, 1);
const layers = [3, 17, 40, 64, 90].map((d, i) => {
  const noise = gaussian(n, d, 10 + i);
  const image = multiply(base, gaussian(20, d, 20 + i));
  return map(image, (value, row, j) => 0.5 * value + at(noise, row, j));
});
const metrics = ["ka", "cka", "cka.debiased", "hsic", "hsic.debiased", "cka.minibatch"];

async function values(options: CompareOptions, dtype: "f32" | "f64"): Promise<Float64Array[]> {
  const representations = layers.map((layer, i) => represent(layer, `layer ${i}`, dtype));
  const result = await compare(representations, undefined, {
    metrics,
    batch: 40,
    seed: 3,
    precision: dtype,
    ...options,
  });
  return result.matrices.map((matrix) => matrix.values);
}

function bits(matrices: readonly Float64Array[]): string[] {
  return matrices.map((matrix) => Buffer.from(matrix.buffer, matrix.byteOffset, matrix.byteLength).toString("hex"));
}

function largestDifference(a: readonly Float64Array[], b: readonly Float64Array[]): number {
  let most = 0;
  a.forEach((matrix, m) => {
    const other = b[m] ?? matrix;
    const size = matrix.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
    matrix.forEach((value, k) => {
      most = Math.max(most, Math.abs(value - (other[k] ?? NaN)) / size);
    });
  });
  return most;
}

const ways: [string, CompareOptions][] = [
  ["linear, Gram space", { kernel: linear(), space: "gram" }],
  ["linear, feature space", { kernel: linear(), space: "feature" }],
  ["RBF", { kernel: rbf() }],
  ["Laplacian and polynomial together", { kernel: [laplacian(), polynomial({ degree: 3 })] }],
];

describe.each(ways)("%s", (_, options) => {
  it.each(["f32", "f64"] as const)("the same bits with 1, 2, 3 and 4 threads, %s", async (dtype) => {
    // Blocks given, the planner's own, and its own where memory is short.
    for (const plan of [{ block: 32 }, { block: 100 }, {}, { memoryLimit: 4e6 }]) {
      const one = bits(await values({ ...options, ...plan, threads: 1 }, dtype));
      for (const threads of [2, 3, 4]) expect(bits(await values({ ...options, ...plan, threads }, dtype))).toEqual(one);
    }
  });

  it("the same bits when several jobs run at once", async () => {
    const alone = bits(await values({ ...options, block: 64, threads: 2 }, "f64"));
    const together = await Promise.all(
      Array.from({ length: 4 }, () => values({ ...options, block: 64, threads: 2 }, "f64")),
    );
    for (const each of together) expect(bits(each)).toEqual(alone);
  });

  // Another block sums the same products in another order: n²/2 terms, of which rounding errors add up like √(n²/2) ≈ 200 of one
  // unit (1e-16 and, with f32 tiles, 6e-8 an entry, which averages out over as many).
  it.each([
    ["f64", 1e-13],
    ["f32", 2e-6],
  ] as const)("the same numbers to rounding whatever the block, %s", async (dtype, tolerance) => {
    const reference = await values({ ...options, block: 256 }, dtype);
    for (const block of [1, 17, 32, 64, 100, 150, 301, 512]) {
      // A block of 1 is 90,000 tiles: with one kernel it is enough.
      if (block === 1 && dtype === "f32") continue;
      expect(largestDifference(await values({ ...options, block }, dtype), reference), `block ${block}`).toBeLessThan(
        tolerance,
      );
    }
  });

  it("symmetric to the last bit, and the same with rows and columns swapped", async () => {
    const [rows, columns] = [
      layers.slice(0, 2).map((layer, i) => represent(layer, `row ${i}`)),
      layers.slice(2).map((layer, i) => represent(layer, `column ${i}`)),
    ];
    const square = await values(options, "f64");
    for (const matrix of square) {
      layers.forEach((_row, i) => layers.forEach((_column, j) => expect(matrix[i * 5 + j]).toBe(matrix[j * 5 + i])));
    }
    const across = await compare(rows, columns, { metrics, batch: 40, seed: 3, ...options });
    const down = await compare(columns, rows, { metrics, batch: 40, seed: 3, ...options });
    across.matrices.forEach((matrix, m) => {
      const swapped = down.matrices[m] ?? matrix;
      rows.forEach((_row, i) => {
        columns.forEach((_column, j) => {
          const value = matrix.values[i * 3 + j] ?? NaN;
          // Layers stand in another order in the stack, and sums in another order.
          expect(Math.abs(value - (swapped.values[j * 2 + i] ?? NaN))).toBeLessThanOrEqual(
            1e-13 * Math.abs(value) + 1e-13,
          );
          expect(Math.abs(value - (square[m]?.[i * 5 + j + 2] ?? NaN))).toBeLessThanOrEqual(
            1e-13 * Math.abs(value) + 1e-13,
          );
        });
      });
    });
  });
});

it("a run repeated is the same to the last bit", async () => {
  const shifted = layers.map((layer, i) =>
    represent(
      map(layer, (value) => value + 1e4),
      `layer ${i}`,
      "f32",
    ),
  );
  const run = async (): Promise<string[]> =>
    bits(
      (await compare(shifted, undefined, { metrics, batch: 40, kernel: [linear(), rbf()] })).matrices.map(
        (m) => m.values,
      ),
    );
  expect(await run()).toEqual(await run());
});
