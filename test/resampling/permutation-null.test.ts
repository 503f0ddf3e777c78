import { describe, expect, it } from "vitest";

import { compare, cosine, laplacian, linear, polynomial, rbf } from "../../lib/index.ts";
import { runJob } from "../../lib/job.ts";
import { native, type NativePermutationResult } from "../../lib/native.ts";
import { permutations as permutationsFrom } from "../../lib/random.ts";
import { calibrate } from "../../lib/resampling/calibrate.ts";
import { PairIndex, PermutedTable } from "../../lib/resampling/permuted-table.ts";
import { permutationNull } from "../../lib/resampling/permutation-null.ts";
import { shareSources } from "../../lib/share-sources.ts";
import { represent } from "../property/ask.ts";
import { features } from "../twin/features.ts";
import { gaussian } from "../twin/random.ts";
import { cka, debiasedCka, inputOf, ka, nullsOf, relatives, tableFor } from "./setting.ts";

const kernels = [
  linear(),
  cosine(),
  polynomial({ degree: 2, gamma: 0.3, offset: 1 }),
  rbf({ bandwidth: 3 }),
  laplacian({ bandwidth: 4 }),
];
const options = { seed: 11, precision: "f64", threads: 2 } as const;

describe("permuted tables", () => {
  it("are what compare says of rows that were permuted by hand", async () => {
    const n = 37;
    const [x, y] = relatives(n, [5, 9], 1, 3);
    if (x === undefined || y === undefined) throw new Error("two layers");
    const a = represent(x, "a");
    const b = represent(y, "b");
    const input = inputOf([a, b], kernels, [[0, 1]]);
    const table = await tableFor(input);
    const draw = permutationsFrom(options.seed);
    const order = new Uint32Array(n);
    const L = 2 * kernels.length;
    let seen = 0;
    for await (const chunk of permutationNull(input, table, { ...options, permutations: 3 })) {
      for (let k = 0; k < chunk.permutations; k += 1) {
        draw(order);
        seen += 1;
        const moved = features(n, y.d, (i, j) => y.data[order[i]! * y.d + j]!);
        const asked = { metrics: ["ka", "cka", "cka.debiased", "hsic", "hsic.debiased"], kernel: kernels };
        const found = await compare([a], [represent(moved, "b")], { ...asked, precision: "f64" });
        const permuted = chunk.table(k);
        for (const g of kernels.keys()) {
          const [row, column] = [2 * g, L + 2 * g + 1];
          const of = (metric: number): number => found.matrices[metric * kernels.length + g]!.values[0]!;
          // f64 sums of n² terms in another order, the centred ones after cancelling to a few per cent of the whole.
          expect(ka(permuted, row, column)).toBeCloseTo(of(0), 12);
          expect(cka(permuted, row, column)).toBeCloseTo(of(1), 12);
          expect(debiasedCka(permuted, row, column)).toBeCloseTo(of(2), 11);
          const unit = permuted.unit(row, column);
          const hsic = (permuted.centredInner(row, column).value * unit) / (n - 1) ** 2;
          const debiased = (permuted.debiasedInner(row, column).value * unit) / (n * (n - 3));
          expect(hsic / of(3)).toBeCloseTo(1, 11);
          // Near 0 under a permutation, so on the scale of the biased one.
          expect((debiased - of(4)) / of(3)).toBeCloseTo(0, 11);
          // The other way round is the same pair.
          expect(cka(permuted, column, row)).toBe(cka(permuted, row, column));
        }
      }
    }
    expect(seen).toBe(3);
  });

  it("under the identity are the table itself", async () => {
    const layers = relatives(61, [4, 20, 7], 1, 8).map((x, k) => represent(x, `layer ${k}`));
    const input = inputOf(layers, kernels);
    const table = await tableFor(input);
    const { sources, operators } = shareSources(input.groups);
    const { pairs } = input;
    const found = await runJob<NativePermutationResult>((progress, done) =>
      native().permutationJob(
        {
          sources,
          operators,
          samples: 61,
          permutations: Uint32Array.from({ length: 61 }, (_, i) => i),
          pairs,
          precision: "f64",
          threads: 2,
        },
        progress,
        done,
      ),
    );
    const permuted = new PermutedTable(table.sums, found, new PairIndex(operators.length, pairs), 0);
    for (let p = 0; p < pairs.length; p += 2) {
      const [a, b] = [pairs[p]!, pairs[p + 1]!];
      const L = operators.length;
      // f64 sums of n² terms in another order.
      expect(ka(permuted, a, L + b)).toBeCloseTo(ka(table, a, b), 13);
      expect(cka(permuted, a, L + b)).toBeCloseTo(cka(table, a, b), 13);
      expect(debiasedCka(permuted, a, L + b)).toBeCloseTo(debiasedCka(table, a, b), 12);
      expect(cka(permuted, L + a, L + b)).toBe(cka(table, a, b));
    }
  });

  it("have the same bits on one and two threads, and in f32 the numbers of f64 to its rounding", async () => {
    const layers = relatives(90, [12, 30, 5, 8], 1, 21).map((x, k) => represent(x, `layer ${k}`, "f32"));
    const input = inputOf(layers);
    const table = await tableFor(input);
    const values = async (precision: "f32" | "f64", threads: number): Promise<Float64Array[]> =>
      await nullsOf(permutationNull(input, table, { seed: 1, permutations: 21, precision, threads }), 21, (chunk, k) =>
        Array.from({ length: input.pairs.length / 2 }, (_, p) =>
          cka(chunk.table(k), input.pairs[2 * p]!, 4 + input.pairs[2 * p + 1]!),
        ),
      );
    const one = await values("f32", 1);
    expect(await values("f32", 2)).toEqual(one);
    const wide = await values("f64", 2);
    // 2⁻²⁴ of each entry, with random signs over n² of them.
    one.forEach((nulls, p) => nulls.forEach((value, k) => expect(value).toBeCloseTo(wide[p]![k]!, 6)));
  });
});

describe("p-values", () => {
  const permutations = 99;

  it("are uniform when the two sides have nothing to do with each other", async () => {
    const tests = 200;
    const layers = Array.from({ length: 2 * tests }, (_, l) => represent(gaussian(20, 2 + (l % 3), 1000 + l), `${l}`));
    const pairs = Array.from({ length: tests }, (_, k): [number, number] => [k, tests + k]);
    const input = inputOf(layers, [linear()], pairs);
    const table = await tableFor(input);
    const nulls = await nullsOf(permutationNull(input, table, { ...options, permutations }), permutations, (chunk, k) =>
      pairs.map(([a, b]) => cka(chunk.table(k), a, 2 * tests + b)),
    );
    const p = pairs
      .map(([a, b], k) => calibrate(cka(table, a, b), nulls[k]!, { top: 1 }).pValue)
      .sort((one, other) => one - other);
    // Kolmogorov and Smirnov's distance to the uniform distribution on 1/100 … 1; 200 tests go beyond √(ln(2/α)/2/200) with a
    // probability of α = 10⁻⁴ (the inequality of Dvoretzky, Kiefer and Wolfowitz), and the seed is fixed.
    const distance = Math.max(
      ...p.map((value, k) => Math.max(Math.abs(value - k / tests), Math.abs(value - (k + 1) / tests))),
    );
    expect(distance).toBeLessThan(Math.sqrt(Math.log(2 / 1e-4) / 2 / tests) + 1 / (permutations + 1));
  });

  it("are as small as they can be when one side sees the other, and the calibrated score stays below the raw one", async () => {
    const layers = relatives(50, [6, 40], 0.5, 4).map((x, k) => represent(x, `layer ${k}`));
    const input = inputOf(layers, [linear()], [[0, 1]]);
    const table = await tableFor(input);
    const [nulls] = await nullsOf(
      permutationNull(input, table, { ...options, permutations }),
      permutations,
      (chunk, k) => [cka(chunk.table(k), 0, 3)],
    );
    const score = cka(table, 0, 1);
    const found = calibrate(score, nulls!, { top: 1 });
    expect(found.pValue).toBe(0.01);
    expect(found.nullMean).toBeGreaterThan(0);
    expect(found.calibrated).toBeGreaterThan(0);
    expect(found.calibrated).toBeLessThan(score);
  });
});

describe("a permutation null", () => {
  it("counts the neighbours that permuted lists share", async () => {
    const n = 12;
    // A ring: everybody's neighbours are the next two.
    const ring = Uint32Array.from({ length: 2 * n }, (_, p) => (Math.floor(p / 2) + 1 + (p % 2)) % n);
    const input = inputOf([represent(gaussian(n, 2, 1), "x")], [linear()], []);
    const table = await tableFor(input);
    const neighbours = { lists: [ring, ring], count: 2, pairs: [[0, 1]] as const };
    const draw = permutationsFrom(options.seed);
    const order = new Uint32Array(n);
    for await (const chunk of permutationNull(input, table, { ...options, permutations: 9, neighbours })) {
      for (let k = 0; k < chunk.permutations; k += 1) {
        draw(order);
        let shared = 0;
        for (let i = 0; i < n; i += 1) {
          for (const j of ring.subarray(2 * i, 2 * i + 2)) {
            shared += Number(ring.subarray(2 * order[i]!, 2 * order[i]! + 2).includes(order[j]!));
          }
        }
        expect(chunk.mutual(k, 0)).toBe(shared / (2 * n));
      }
    }
  });

  it("tells of its permutations, and ends within 250 ms of an abort", async () => {
    const layers = relatives(
      700,
      Array.from({ length: 12 }, () => 8),
      1,
      2,
    ).map((x, k) => represent(x, `${k}`, "f32"));
    const input = inputOf(layers);
    const table = await tableFor(input, "f32");
    const controller = new AbortController();
    let aborted = Infinity;
    const told: number[] = [];
    const run = async (): Promise<void> => {
      const chunks = permutationNull(input, table, {
        ...options,
        precision: "f32",
        permutations: 4000,
        signal: controller.signal,
        onProgress(done) {
          told.push(done);
          if (done === 0 || aborted < Infinity) return;
          aborted = performance.now();
          controller.abort(new Error("enough"));
        },
      });
      for await (const chunk of chunks) expect(chunk.permutations).toBeGreaterThan(0);
    };
    await expect(run()).rejects.toThrow("enough");
    expect(told.length).toBeGreaterThan(0);
    // The promise made to users.
    expect(performance.now() - aborted).toBeLessThan(250);
  });

  it("needs the memory that it needs", async () => {
    const input = inputOf([represent(gaussian(100, 2, 1), "x")]);
    const table = await tableFor(input);
    const run = permutationNull(input, table, { ...options, permutations: 1, memoryLimit: 79_999 });
    await expect(run.next()).rejects.toMatchObject({ code: "MEMORY_LIMIT", details: { needed: 80_000 } });
  });
});
