import { describe, expect, it } from "vitest";

import { compare, GramMatrix, laplacian, linear, rbf } from "../../lib/index.ts";
import { bootstrapCounts } from "../../lib/random.ts";
import { bootstrapIntervals, jackknifeIntervals } from "../../lib/resampling/intervals.ts";
import { normalWidth } from "../../lib/resampling/normal-quantile.ts";
import { orderStatistic } from "../../lib/resampling/order-statistic.ts";
import { weightedStatistics } from "../../lib/resampling/weighted-statistics.ts";
import { represent } from "../property/ask.ts";
import { type Features, features } from "../twin/features.ts";
import { gaussian } from "../twin/random.ts";
import { inputOf, relatives } from "./setting.ts";

const options = { precision: "f64", threads: 2 } as const;
const kernels = [linear(), rbf({ bandwidth: 3 }), laplacian({ bandwidth: 4 })];
const n = 31;
const layers = relatives(n, [4, 9], 1, 5);

const rowsOf = (x: Features, rows: readonly number[]): Features =>
  features(rows.length, x.d, (i, j) => x.data[rows[i]! * x.d + j]!);

/** The samples that whole weights stand for. */
const drawn = (weights: Float64Array): number[] =>
  [...weights].flatMap((count, i) => Array.from({ length: count }, () => i));

/** What `compare` says of these rows, a number a kernel. */
async function asked(metric: string, rows: readonly number[]): Promise<number[]> {
  const [a, b] = layers.map((x, k) => represent(rowsOf(x, rows), `${k}`));
  const found = await compare([a!], [b!], { metrics: [metric], kernel: kernels, precision: "f64" });
  return found.matrices.map((matrix) => matrix.values[0]!);
}

function fillWith(all: readonly Float64Array[]): (weights: Float64Array, k: number) => void {
  return (weights, k) => weights.set(all[k]!);
}

describe("weighted statistics", () => {
  const input = inputOf(
    layers.map((x, k) => represent(x, `${k}`)),
    kernels,
    [[0, 1]],
  );
  const ones = new Float64Array(n).fill(1);
  const without = (i: number): Float64Array => ones.map((one, k) => (k === i ? 0 : one));
  const draw = bootstrapCounts(3);
  const counts = Array.from({ length: 4 }, () => {
    const weights = new Float64Array(n);
    draw(weights);
    return weights;
  });

  it.each([
    ["ka", "ka", [ones, without(3), ...counts]],
    ["cka", "cka", [ones, without(3), without(30), ...counts]],
    ["cka.debiased", "cka.debiased", [ones, without(0), without(17)]],
  ] as const)("%s of weighted samples is compare's of the samples themselves", async (statistic, metric, all) => {
    const found = await weightedStatistics(input, statistic, all.length, fillWith(all), options);
    for (const [k, weights] of all.entries()) {
      const truth = await asked(metric, drawn(weights));
      // f64 sums of n² terms; centring again takes a few per cent of them away.
      truth.forEach((value, g) => expect(found[g * all.length + k]).toBeCloseTo(value, 11));
    }
  });

  it("in f32 are those of f64 to its rounding", async () => {
    const all = [ones, without(3), ...counts];
    const narrow = { ...options, precision: "f32" } as const;
    const found = await weightedStatistics(input, "cka", all.length, fillWith(all), narrow);
    const wide = await weightedStatistics(input, "cka", all.length, fillWith(all), options);
    // 2⁻²⁴ of each entry and of sums of n terms.
    found.forEach((value, k) => expect(value).toBeCloseTo(wide[k]!, 5));
  });

  it("of distances are squared distance correlations", async () => {
    const distances = layers.map((x, k) => {
      const entry = (i: number, j: number): number => {
        let d2 = 0;
        for (let c = 0; c < x.d; c += 1) d2 += (x.data[i * x.d + c]! - x.data[j * x.d + c]!) ** 2;
        return -Math.sqrt(d2);
      };
      const data = Float64Array.from({ length: n * n }, (_, p) => entry(Math.floor(p / n), p % n));
      return GramMatrix.fromArray(data, n, { name: `${k}` });
    });
    const [value] = await weightedStatistics(
      inputOf(distances, [linear()], [[0, 1]]),
      "dcor2",
      1,
      fillWith([ones]),
      options,
    );
    // Székely, Rizzo and Bakirov 2007: double-centred distances, their inner product over their norms.
    const centred = distances.map((each) => {
      const at = (i: number, j: number): number => gramEntry(each, i, j);
      const means = Array.from({ length: n }, (_, i) => average(n, (j) => at(i, j)));
      const grand = average(n, (i) => means[i]!);
      return Float64Array.from({ length: n * n }, (_, p) => {
        const [i, j] = [Math.floor(p / n), p % n];
        return at(i, j) - means[i]! - means[j]! + grand;
      });
    });
    const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, each, p) => sum + each * b[p]!, 0);
    const [a, b] = [centred[0]!, centred[1]!];
    expect(value).toBeCloseTo(dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b)), 12); // f64 sums of n² terms

    function gramEntry(gram: GramMatrix, i: number, j: number): number {
      const layer = layers[Number(gram.name)]!;
      let d2 = 0;
      for (let c = 0; c < layer.d; c += 1) d2 += (layer.data[i * layer.d + c]! - layer.data[j * layer.d + c]!) ** 2;
      return -Math.sqrt(d2);
    }
    function average(count: number, of: (k: number) => number): number {
      let sum = 0;
      for (let k = 0; k < count; k += 1) sum += of(k);
      return sum / count;
    }
  });

  it("end within 250 ms of an abort", async () => {
    const wide = relatives(
      600,
      Array.from({ length: 12 }, () => 8),
      1,
      2,
    ).map((x, k) => represent(x, `${k}`, "f32"));
    const controller = new AbortController();
    let aborted = Infinity;
    const run = weightedStatistics(inputOf(wide), "cka", 3000, (weights) => weights.fill(1), {
      ...options,
      precision: "f32",
      signal: controller.signal,
      onProgress(done) {
        if (done === 0 || aborted < Infinity) return;
        aborted = performance.now();
        controller.abort(new Error("enough"));
      },
    });
    await expect(run).rejects.toThrow("enough");
    // The promise made to users.
    expect(performance.now() - aborted).toBeLessThan(250);
  });

  it("have the same bits on one and two threads", async () => {
    const all = [ones, ...counts];
    const on = async (threads: number): Promise<Float64Array> =>
      await weightedStatistics(input, "cka", all.length, fillWith(all), { ...options, precision: "f32", threads });
    expect(await on(2)).toEqual(await on(1));
  });
});

describe("intervals", () => {
  const input = inputOf(
    layers.map((x, k) => represent(x, `${k}`)),
    [linear()],
    [
      [0, 0],
      [0, 1],
    ],
  );

  it("of the bootstrap lie between order statistics of resampled comparisons", async () => {
    const replicates = 19;
    const found = await bootstrapIntervals(input, "cka", { ...options, replicates, seed: 6, level: 0.8 });
    const draw = bootstrapCounts(6);
    const values: number[] = [];
    for (let k = 0; k < replicates; k += 1) {
      const weights = new Float64Array(n);
      draw(weights);
      values.push((await asked("cka", drawn(weights)))[0]!);
    }
    values.sort((a, b) => a - b);
    // (19 + 1)·0.1 = 2 from either end; f64 sums.
    expect(found.lower[1]).toBeCloseTo(values[1]!, 11);
    expect(found.upper[1]).toBeCloseTo(values[17]!, 11);
    const mean = values.reduce((sum, value) => sum + value, 0) / replicates;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (replicates - 1);
    expect(found.standardError[1]).toBeCloseTo(Math.sqrt(variance), 11);
    expect(found.estimate[1]).toBeCloseTo((await asked("cka", [...Array(n).keys()]))[0]!, 12);
    // A layer is itself in every resampling.
    expect([found.lower[0], found.upper[0]]).toEqual([expect.closeTo(1, 14), expect.closeTo(1, 14)]);
  });

  it("of the jackknife follow from leaving each sample out", async () => {
    const found = await jackknifeIntervals(input, "cka.debiased", options);
    const all = [...Array(n).keys()];
    const values: number[] = [];
    for (const i of all)
      values.push(
        (
          await asked(
            "cka.debiased",
            all.filter((k) => k !== i),
          )
        )[0]!,
      );
    const mean = values.reduce((sum, value) => sum + value, 0) / n;
    const variance = (values.reduce((sum, value) => sum + (value - mean) ** 2, 0) * (n - 1)) / n;
    // f64 sums of n² terms; differences of numbers near 1 that are a thousandth or more apart.
    expect(found.standardError[1]).toBeCloseTo(Math.sqrt(variance), 9);
    expect(found.upper[1]! - found.estimate[1]!).toBeCloseTo(1.959963984540054 * Math.sqrt(variance), 9);
    expect(found.estimate[1]! - found.lower[1]!).toBeCloseTo(1.959963984540054 * Math.sqrt(variance), 9);
  });

  it("do not exist for a constant layer, and do for the others beside it", async () => {
    const constant = features(n, 2, () => 3);
    const three = [...layers, constant].map((x, k) => represent(x, `${k}`));
    const some = inputOf(
      three,
      [linear()],
      [
        [0, 1],
        [0, 2],
      ],
    );
    const found = await bootstrapIntervals(some, "cka", { ...options, replicates: 9, seed: 1 });
    expect(Number.isFinite(found.upper[0])).toBe(true);
    expect([found.estimate[1], found.lower[1], found.upper[1], found.standardError[1]]).toEqual([NaN, NaN, NaN, NaN]);
  });

  it("of the jackknife hold the truth about as often as they say", async () => {
    // Independent layers: the debiased HSIC, hence CKA's numerator, has mean 0. 200 intervals at 90 %: the count is binomial, and beyond
    // 4 of its standard deviations (0.085) on either side would be wrong; skewness at 60 samples costs a few per cent more.
    const tests = 200;
    const many = Array.from({ length: 2 * tests }, (_, l) => represent(gaussian(60, 3, 5000 + l), `${l}`));
    const pairs = Array.from({ length: tests }, (_, k): [number, number] => [k, tests + k]);
    const found = await jackknifeIntervals(inputOf(many, [linear()], pairs), "cka.debiased", {
      ...options,
      level: 0.9,
    });
    const holds = pairs.filter((_, k) => found.lower[k]! <= 0 && found.upper[k]! >= 0).length / tests;
    expect(holds).toBeGreaterThan(0.78);
    expect(holds).toBeLessThan(0.99);
  });
});

describe("quantiles", () => {
  it.each([
    [0.6826894921370859, 1],
    [0.9, 1.6448536269514722],
    [0.95, 1.959963984540054],
    [0.99, 2.5758293035489004],
    [0.999999, 4.891638475698968],
  ])("a normal distribution has %f within %f standard deviations", (level, width) => {
    // f64's rounding of 1 − level, over the density there.
    expect(normalWidth(level)).toBeCloseTo(width, 9);
  });

  it("are order statistics", () => {
    const values = Float64Array.from({ length: 19 }, (_, k) => k + 1);
    expect([0.05, 0.5, 0.95, 0.951, 1].map((q) => orderStatistic(values, q))).toEqual([1, 10, 19, 19, 19]);
    expect(orderStatistic(Float64Array.of(7), 0.95)).toBe(7);
  });
});
