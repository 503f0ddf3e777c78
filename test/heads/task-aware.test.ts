// Task-aware stitching: Lemma 2's minimum for linear heads, a lower risk than matching for networks, on plain loops' word.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { heads, type NetworkLayer, Representation, stitchers, taskAwareStitcher } from "../../lib/index.ts";
import { represent } from "../property/ask.ts";
import { centreColumns, crossProduct, identityLess, norm, times, timesTranspose } from "../twin/dense.ts";
import { at, type Features, features, map, multiply, selectRows } from "../twin/features.ts";
import { svd } from "../twin/jacobi.ts";
import { network, stitchedRisk } from "../twin/network.ts";
import { gaussian } from "../twin/random.ts";
import { readFeatures } from "../twin/safetensors.ts";

/** The projector on the columns of x. */
function projector(x: Features): Features {
  const { u, values } = svd(x);
  const tolerance = Math.max(x.n, x.d) * Number.EPSILON * (values[0] ?? 0);
  return timesTranspose(
    map(u, (value, _i, j) => ((values[j] ?? 0) > tolerance ? value : 0)),
    u,
  );
}

/** Lemma 2: R_1 + ‖(I − W_2W_2†)W_1Σ_11^½‖², with W_1 the best head on f. */
function lemma2(w2: Features, f: Features, y: Features): number {
  const hat = projector(f);
  const own = norm(times(identityLess(hat), y)) ** 2 / y.n;
  const reached = times(hat, y);
  return own + norm(times(reached, identityLess(projector(w2)))) ** 2 / y.n;
}

const zeros = (d2: number, d1: number, bias: boolean) => ({
  weights: new Float64Array(d2 * d1),
  bias: bias ? new Float64Array(d2) : null,
});

/** Affine least squares from f to g by the twin's singular values: minimum norm. */
function leastSquares(f: Features, g: Features): { weights: Float64Array; bias: Float64Array } {
  const [x, y] = [centreColumns(f), centreColumns(g)];
  const { u, values, v } = svd(x);
  const tolerance = Math.max(x.n, x.d) * Number.EPSILON * (values[0] ?? 0);
  const shares = map(v, (value, _i, j) => ((values[j] ?? 0) > tolerance ? value / values[j]! : 0));
  const s = multiply(
    crossProduct(y, u),
    features(shares.d, shares.n, (i, j) => at(shares, j, i)),
  );
  const mean = (m: Features, j: number): number => {
    let sum = 0;
    for (let i = 0; i < m.n; i += 1) sum += at(m, i, j) / m.n;
    return sum;
  };
  const bias = Float64Array.from({ length: g.d }, (_, j) => {
    let value = mean(g, j);
    for (let k = 0; k < f.d; k += 1) value -= at(s, j, k) * mean(f, k);
    return value;
  });
  return { weights: s.data, bias };
}

describe("for a linear head", () => {
  test.each([
    ["rank W_2 = t", 3, 5, false, 1],
    ["rank W_2 < t", 4, 2, false, 1],
    ["rank W_2 < t, features that differ in size by 10⁵", 4, 2, false, 1e5],
    ["one of everything", 1, 1, false, 1],
    ["with a bias, rank W_2 = t", 3, 5, true, 1],
  ] as const)("Lemma 2's minimum is reached: %s", async (_, t, d2, bias, spread) => {
    await fc.assert(
      fc.asyncProperty(fc.nat(500), async (seed) => {
        const d1 = t === 1 ? 1 : 4;
        const f = map(gaussian(30, d1, seed), (value, _i, j) => value * spread ** (j / 4) + (bias ? 3 : 0));
        const y = gaussian(30, t, seed + 1);
        const w2 = gaussian(t, d2, seed + 2);
        const head = heads.linear({ weights: w2.data, shape: [t, d2] });
        const start = zeros(d2, d1, bias);
        const problem = { source: represent(f, "f"), head, targets: represent(y, "y"), start };
        const found = await taskAwareStitcher(problem, { tolerance: 1e-13 });
        const ones = features(30, d1 + 1, (i, j) => (j < d1 ? at(f, i, j) : 1));
        const least = lemma2(w2, bias ? ones : f, y);
        expect(Math.abs(found.risk - least)).toBeLessThan(1e-8 * least);
        expect(found.converged).toBe(true);
        expect(found.startRisk).toBeCloseTo(norm(y) ** 2 / 30, 12);
      }),
      { numRuns: 20 },
    );
  });

  test("features without full rank, a column of zeros and one that is there twice, are no obstacle", async () => {
    const base = gaussian(25, 3, 1);
    const f = features(25, 6, (i, j) => [at(base, i, 0), 0, at(base, i, 1), at(base, i, 1), at(base, i, 2), 0][j]!);
    const y = gaussian(25, 2, 2);
    const w2 = gaussian(2, 4, 3);
    const head = heads.linear({ weights: w2.data, shape: [2, 4] });
    const problem = { source: represent(f, "f"), head, targets: represent(y, "y"), start: zeros(4, 6, false) };
    const { risk, stitcher } = await taskAwareStitcher(problem, { tolerance: 1e-13 });
    expect(Math.abs(risk / lemma2(w2, f, y) - 1)).toBeLessThan(1e-8);
    // Nothing moves where nothing is seen.
    for (let i = 0; i < 4; i += 1) expect([1, 5].map((j) => stitcher.map()!.weights[i * 6 + j])).toEqual([0, 0]);
  });

  test("with a ridge: the risk and λ‖S‖² together are least where their gradient is 0", async () => {
    const [f, y, ridge] = [gaussian(20, 3, 4), gaussian(20, 2, 5), 0.3];
    const head = heads.linear({ weights: Float64Array.of(1, 0, 0, 1), shape: [2, 2] });
    const problem = { source: represent(f, "f"), head, targets: represent(y, "y"), start: zeros(2, 3, false) };
    const { stitcher } = await taskAwareStitcher(problem, { ridge, tolerance: 1e-14 });
    const { weights } = stitcher.map()!;
    const s = { data: weights, n: 2, d: 3 };
    // S(Σ_11 + λ) = Σ_21: ridge regression.
    const left = multiply(
      s,
      map(crossProduct(f, f), (value, i, j) => value / 20 + (i === j ? ridge : 0)),
    );
    const right = crossProduct(y, f);
    // Ends when the value moves by 10⁻¹⁴ of itself: gradients of 10⁻⁷ times its root.
    left.data.forEach((value, k) => expect(Math.abs(value - right.data[k]! / 20)).toBeLessThan(1e-6));
  });
});

const kinds = ["relu", "tanh", "gelu", "silu", "softmax"] as const;

test("for networks: the risk is what plain loops say, never above the start's, and no step nearby is lower", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(500), fc.constantFrom(...kinds), fc.boolean(), async (seed, kind, bias) => {
      const [f, y] = [gaussian(40, 3, seed), gaussian(40, 2, seed + 1)];
      const layers: NetworkLayer[] = [
        { kind: "linear", weights: gaussian(5, 4, seed + 2).data, shape: [5, 4], bias: gaussian(1, 5, seed + 3).data },
        { kind },
        { kind: "linear", weights: gaussian(2, 5, seed + 4).data, shape: [2, 5] },
      ];
      const head = heads.network(layers);
      const start = { weights: gaussian(4, 3, seed + 5).data, bias: bias ? gaussian(1, 4, seed + 6).data : null };
      const problem = { source: represent(f, "f"), head, targets: represent(y, "y"), start };
      const found = await taskAwareStitcher(problem, { maxIterations: 60 });
      const fitted = found.stitcher.map()!;
      // Sums of 40·2 squares behind two layers: hundreds of roundings.
      expect(found.risk / stitchedRisk(layers, fitted, f, y)).toBeCloseTo(1, 12);
      expect(found.startRisk / stitchedRisk(layers, start, f, y)).toBeCloseTo(1, 12);
      expect(found.risk).toBeLessThanOrEqual(found.startRisk);
      expect(found.history[0]! / found.startRisk).toBeCloseTo(1, 12);
      expect(found.history.at(-1)! / found.risk).toBeCloseTo(1, 9);
      for (let k = 1; k < found.history.length; k += 1) {
        // A step that only its slopes show to go down may end higher by 10⁻¹³.
        expect(found.history[k]!).toBeLessThanOrEqual(found.history[k - 1]! * (1 + 1e-12));
      }
      expect(found.history).toHaveLength(found.iterations + 1);
      expect(found.evaluations).toBeGreaterThan(found.iterations);
    }),
    { numRuns: 40 },
  );
});

describe("on the bundled networks", () => {
  const file = (name: string): URL => new URL(`../../examples/mnist/${name}.safetensors`, import.meta.url);
  const rows = Array.from({ length: 200 }, (_, i) => 5 * i);

  test.each([
    ["mlp-a", "relu3", "mlp-b", "relu3"],
    ["mlp-random", "relu3", "mlp-a", "relu3"],
  ] as const)("%s:%s to %s:%s costs less than its affine least squares", async (from, layer, to, point) => {
    const f = selectRows(readFeatures(file(from), layer), rows);
    const g = selectRows(readFeatures(file(to), point), rows);
    const y = selectRows(readFeatures(file("targets"), "onehot"), rows);
    const start = leastSquares(f, g);
    const head = await heads.load(`examples/mnist/${to}.weights.safetensors`, { from: point });
    const problem = {
      source: represent(f, from),
      head,
      targets: represent(y, "onehot"),
      start,
      target: represent(g, to),
    };
    const found = await taskAwareStitcher(problem);
    expect(found.risk).toBeLessThan(0.98 * found.startRisk);
    // The head is linear, of rank 10 = t: nothing is lower than the best linear map from f (Lemma 2).
    const ones = features(200, f.d + 1, (i, j) => (j < f.d ? at(f, i, j) : 1));
    const { weights } = head.linear()!;
    expect(Math.abs(found.risk / lemma2({ data: weights, n: 10, d: g.d }, ones, y) - 1)).toBeLessThan(1e-7);
    // It has left the features that it was to match.
    expect(found.stitcher.fitted.samples).toBe(200);
    expect(found.stitcher.fitted.error).toBeGreaterThan(0);
  });

  test("a stitched network evaluated layer by layer gives the risk that is told", async () => {
    const f = selectRows(readFeatures(file("mlp-a"), "relu2"), rows);
    const g = selectRows(readFeatures(file("mlp-b"), "relu2"), rows);
    const y = selectRows(readFeatures(file("targets"), "onehot"), rows);
    const start = leastSquares(f, g);
    const head = await heads.load("examples/mnist/mlp-b.weights.safetensors", { from: "relu2" });
    const problem = { source: represent(f, "f"), head, targets: represent(y, "y"), start };
    const found = await taskAwareStitcher(problem, { maxIterations: 30 });
    const stitched = await found.stitcher.apply(problem.source);
    const weights = (name: string) => readFeatures(file("mlp-b.weights"), name);
    const biasOf = async (name: string) =>
      (await heads.load("examples/mnist/mlp-b.weights.safetensors", { from: name })).linear();
    const out = await head.apply(stitched);
    const { bias: last } = (await biasOf("relu3"))!;
    // l.2 is the layer behind relu2; its bias is read off the head with that layer alone.
    const only = await heads.load("examples/mnist/mlp-b.weights.safetensors", { order: "relu l.2", from: "relu1" });
    const layers: NetworkLayer[] = [
      { kind: "linear", weights: weights("l.2.weight").data, shape: [64, 128], bias: only.linear()!.bias! },
      { kind: "relu" },
      { kind: "linear", weights: weights("l.3.weight").data, shape: [10, 64], bias: last! },
    ];
    const plain = network(layers, { data: stitched.toFloat64Array(), n: 200, d: 128 });
    const values = out.toFloat64Array();
    // Sums of 128 and 64 products, in f64 both.
    const off = plain.data.reduce((most, value, k) => Math.max(most, Math.abs(value - values[k]!)), 0);
    expect(off).toBeLessThan(1e-11);
    expect(stitchedRisk(layers, found.stitcher.map()!, f, y) / found.risk).toBeCloseTo(1, 10);
    expect(found.risk).toBeLessThan(0.5 * found.startRisk);
  });
});

describe("the stitcher", () => {
  const [f, g, y] = [gaussian(20, 3, 1), gaussian(20, 2, 2), gaussian(20, 2, 3)];
  const head = heads.network([{ kind: "tanh" }], { inputs: 2 });
  const problem = {
    source: represent(f, "f"),
    head,
    targets: represent(y, "y"),
    start: { weights: new Float64Array(6), bias: new Float64Array(2) },
    target: represent(g, "g"),
  };

  test("is one like others: map, apply, error; a stitcher may be a start", async () => {
    const { stitcher, risk } = await taskAwareStitcher(problem);
    expect(stitcher).toMatchObject({ kind: "task-aware", inputs: 3, outputs: 2, lambda: null, rank: null });
    const { weights, bias } = stitcher.map()!;
    const applied = (await stitcher.apply(problem.source)).toFloat64Array();
    expect(applied[0]).toBeCloseTo(
      weights[0]! * f.data[0]! + weights[1]! * f.data[1]! + weights[2]! * f.data[2]! + bias![0]!,
      12,
    );
    const rows = [3, 1, 1];
    const { error, samples } = await stitcher.error(problem.source, problem.target, { rows });
    let sum = 0;
    for (const i of rows) for (let j = 0; j < 2; j += 1) sum += (applied[2 * i + j]! - at(g, i, j)) ** 2;
    // The same few squares, summed row by row there.
    expect(Math.abs(error - sum / 3)).toBeLessThanOrEqual(1e-14 * sum);
    expect(samples).toBe(3);
    const { start: _, ...withoutStart } = problem;
    const least = await stitchers.affine().fit(problem.source, problem.target);
    const fromLeast = await taskAwareStitcher({ ...problem, start: least }, { maxIterations: 3 });
    expect((await taskAwareStitcher(withoutStart, { maxIterations: 3 })).risk).toBe(fromLeast.risk);
    const again = await taskAwareStitcher({ ...problem, start: stitcher });
    expect(again.startRisk).toBe(risk);
    expect(again.risk).toBeLessThanOrEqual(risk);
    expect(
      Number.isNaN((await taskAwareStitcher({ ...problem, target: undefined as never })).stitcher.fitted.error),
    ).toBe(true);
  });

  test("is fitted on the rows that are named and no others", async () => {
    const rows = [2, 3, 5, 7, 11, 13, 17, 19];
    const found = await taskAwareStitcher({ ...problem, rows });
    const some = (x: Features, name: string): Representation => represent(selectRows(x, rows), name);
    const alone = await taskAwareStitcher({
      ...problem,
      source: some(f, "f"),
      targets: some(y, "y"),
      target: some(g, "g"),
    });
    expect(found.risk).toBe(alone.risk);
    expect(found.stitcher.map()).toEqual(alone.stitcher.map());
  });

  test("is the same for any number of threads", async () => {
    const big = {
      ...problem,
      source: represent(gaussian(700, 3, 1), "f"),
      targets: represent(gaussian(700, 2, 3), "y"),
    };
    const { target: _target, ...bare } = big;
    const [one, four] = await Promise.all([1, 4].map((threads) => taskAwareStitcher(bare, { threads })));
    expect(one!.stitcher.map()).toEqual(four!.stitcher.map());
    expect(one!.history).toEqual(four!.history);
  });

  test("is the start where nothing may be done", async () => {
    const start = { weights: gaussian(2, 3, 9).data, bias: null };
    const found = await taskAwareStitcher({ ...problem, start }, { maxIterations: 0 });
    expect(found).toMatchObject({ iterations: 0, converged: false, risk: found.startRisk });
    expect(found.stitcher.map()).toEqual(start);
  });

  test("cannot leave zeros behind a relu, where no step changes anything, and says so", async () => {
    const dead = { ...problem, head: heads.network([{ kind: "relu" }], { inputs: 2 }) };
    expect(await taskAwareStitcher(dead)).toMatchObject({ iterations: 0, reason: "the gradient is 0" });
  });

  test("exists for one sample, and for features that say nothing", async () => {
    const one = (x: Features, name: string): Representation => represent(selectRows(x, [0]), name);
    const single = { ...problem, source: one(f, "f"), targets: one(map(y, Math.tanh), "y"), target: one(g, "g") };
    // With a bias one sample can be had exactly.
    expect((await taskAwareStitcher(single)).risk).toBeLessThan(1e-12);
    const flat = {
      ...problem,
      source: represent(
        features(20, 3, () => 2),
        "flat",
      ),
    };
    const found = await taskAwareStitcher(flat);
    expect(found.risk).toBeLessThanOrEqual(found.startRisk);
    const unbiased = {
      ...flat,
      source: represent(
        features(20, 3, () => 0),
        "zero",
      ),
      start: zeros(2, 3, false),
    };
    expect((await taskAwareStitcher(unbiased)).risk).toBe((await taskAwareStitcher(unbiased)).startRisk);
  });

  test.each([
    [
      "a head that is a function",
      { head: heads.fromFunction((x) => x, { inputs: 2, outputs: 2 }) },
      "INVALID_ARGUMENT",
      /heads.linear/,
    ],
    [
      "targets of another width",
      { targets: represent(gaussian(20, 3, 1), "y") },
      "SHAPE_MISMATCH",
      /2 columns.*received 3/,
    ],
    [
      "targets of other samples",
      { targets: represent(gaussian(19, 2, 1), "y") },
      "SHAPE_MISMATCH",
      /20 samples.*received 19/,
    ],
    ["a target of other samples", { target: represent(gaussian(19, 2, 1), "g") }, "SHAPE_MISMATCH", /the same samples/],
    ["a start of another shape", { start: zeros(2, 4, false) }, "SHAPE_MISMATCH", /2×3/],
    [
      "a start that is not finite",
      { start: { weights: new Float64Array(6).fill(NaN), bias: null } },
      "NON_FINITE",
      /start.weights/,
    ],
    ["neither a start nor a target", { start: undefined, target: undefined } as never, "INVALID_ARGUMENT", /start/],
    ["rows beyond the last", { rows: [20] }, "INVALID_ARGUMENT", /19/],
  ])("%s: refused", async (_, change, code, says) => {
    const message = expect.stringMatching(says) as string;
    await expect(taskAwareStitcher({ ...problem, ...change })).rejects.toMatchObject({ code, message });
  });

  test.each([{ ridge: -1 }, { maxIterations: 1.5 }, { tolerance: NaN }, { lambda: 1 } as never])(
    "%o: refused",
    async (options) => {
      await expect(taskAwareStitcher(problem, options)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
    },
  );
});

describe("a long search", () => {
  const source = Representation.fromArray(Float32Array.from(gaussian(4000, 128, 1).data), [4000, 128]);
  const layers: NetworkLayer[] = [
    { kind: "linear", weights: gaussian(256, 128, 2).data, shape: [256, 128] },
    { kind: "relu" },
    { kind: "linear", weights: gaussian(2, 256, 3).data, shape: [2, 256] },
  ];
  const problem = {
    source,
    head: heads.network(layers),
    targets: represent(gaussian(4000, 2, 4), "y"),
    start: { weights: gaussian(128, 128, 5).data, bias: new Float64Array(128) },
  };

  test("tells how far it is, and what the listener throws ends it", async () => {
    const stop = new Error("enough");
    const told: number[] = [];
    const searching = taskAwareStitcher(problem, {
      maxIterations: 50,
      onProgress: ({ phase, done, total }) => {
        expect([phase, total]).toEqual(["search", 50]);
        if (told.push(done) === 3) throw stop;
      },
    });
    await expect(searching).rejects.toBe(stop);
    expect(told).toEqual([1, 2, 3]);
  });

  test("ends at once when it is aborted, with the signal's reason", async () => {
    const controller = new AbortController();
    const reason = new Error("stop");
    const searching = taskAwareStitcher(problem, { signal: controller.signal, threads: 2 });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const aborted = performance.now();
    controller.abort(reason);
    await expect(searching).rejects.toBe(reason);
    expect(performance.now() - aborted).toBeLessThan(250);
  });
});
