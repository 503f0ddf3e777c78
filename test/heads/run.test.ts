// What heads give, against plain loops over rows.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { heads, type NetworkLayer, Representation } from "../../lib/index.ts";
import { represent } from "../property/ask.ts";
import { features, map } from "../twin/features.ts";
import { network } from "../twin/network.ts";
import { gaussian, normal } from "../twin/random.ts";

const random = (length: number, seed: number): Float64Array => {
  const next = normal(seed);
  return Float64Array.from({ length }, () => next());
};

const activations = ["relu", "tanh", "sigmoid", "gelu", "gelu_tanh", "silu", "softmax"] as const;

/** A network of random depth, widths and layers on `inputs` features. */
function drawn(inputs: number, depth: number, seed: number): NetworkLayer[] {
  const next = normal(seed);
  let width = inputs;
  return Array.from({ length: depth }, (_, k): NetworkLayer => {
    const choice = Math.floor(Math.abs(next()) * 1000) % 10;
    const kind = activations[choice];
    if (kind !== undefined) return { kind };
    if (choice === 7) return { kind: "leaky_relu", slope: next() };
    if (choice === 8)
      return { kind: "layer_norm", weights: random(width, seed + k), bias: random(width, k), epsilon: 0.01 };
    const outputs = 1 + (Math.floor(Math.abs(next()) * 1000) % 6);
    const layer = { kind: "linear", weights: random(outputs * width, seed + k), shape: [outputs, width] } as const;
    width = outputs;
    return k % 2 === 0 ? layer : { ...layer, bias: random(outputs, seed + k + 1) };
  });
}

test("networks of every layer, n = 1 and d = 1 among them, are those of plain loops", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 0, max: 8 }),
      fc.nat(1000),
      async (n, d, depth, seed) => {
        const x = gaussian(n, d, seed);
        const layers = drawn(d, depth, seed);
        const head = heads.network(layers, { inputs: d });
        const found = await head.apply(represent(x, "x"));
        const wanted = network(layers, x);
        expect([found.samples, found.features]).toEqual([n, wanted.d]);
        expect(head.outputs).toBe(wanted.d);
        const out = found.toFloat64Array();
        const size = wanted.data.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
        // At most 8 layers of sums of 7 products, each of which may enlarge the roundings before it about tenfold (a layer norm
        // with ε = 0.01, a slope of 3): 2^-52·10⁵ at the worst, in one of 200 networks.
        wanted.data.forEach((value, k) => expect(Math.abs(out[k]! - value)).toBeLessThan(1e-10 * size));
      },
    ),
    { numRuns: 200 },
  );
});

describe.each(activations)("%s", (kind) => {
  test("at hard points it is the definition's, without overflow", async () => {
    const points = [-1e308, -1e4, -745, -38, -6, -2, -1e-9, -0, 0, 1e-300, 0.5, 1, 5, 38, 745, 1e4, 1e308];
    const x = features(points.length, kind === "softmax" ? 3 : 1, (i, j) => points[(i + 5 * j) % points.length]!);
    const out = (await heads.network([{ kind }], { inputs: x.d }).apply(represent(x, "x"))).toFloat64Array();
    const wanted = network([{ kind }], x).data;
    wanted.forEach((value, k) => {
      expect(Number.isFinite(out[k])).toBe(true);
      const entry = x.data[k]!;
      // The textbook forms lose everything in the left tail: ½x(1 + tanh u) to cancellation; ours is at most as large as x·e^x.
      const tolerance = kind === "gelu_tanh" && entry < -2 ? 1e-15 * Math.abs(entry) : 1e-13 * Math.abs(value);
      // e^745 overflows in 1/(1 + e^−x), and what is left of x·0 is 0.
      expect(Math.abs(out[k]! - value)).toBeLessThanOrEqual(tolerance + 1e-300);
    });
  });
});

test("half types and f32 are widened, and give what their f64 gives", async () => {
  const x = map(gaussian(30, 4, 1), Math.fround);
  const head = heads.network([{ kind: "linear", weights: random(8, 2), shape: [2, 4] }, { kind: "gelu" }]);
  const wide = await head.apply(represent(x, "x"));
  const single = await head.apply(represent(x, "x", "f32"));
  expect(single.toFloat64Array()).toEqual(wide.toFloat64Array());
  expect(single.dtype).toBe("f64");
  const ones = Representation.fromArray(new Uint16Array(8).fill(0x3c00), [2, 4], { dtype: "f16" });
  const same = Representation.fromArray(new Float64Array(8).fill(1), [2, 4]);
  expect((await head.apply(ones)).toFloat64Array()).toEqual((await head.apply(same)).toFloat64Array());
});

test("results do not depend on the number of threads, and carry the head's name and the features' source", async () => {
  const x = gaussian(500, 8, 3);
  const head = heads.network(drawn(8, 6, 5), { inputs: 8, name: "tail" });
  const source = Representation.fromArray(x.data, [500, 8], { name: "relu1", source: "model" });
  const [one, more] = await Promise.all([head.apply(source, { threads: 1 }), head.apply(source, { threads: 4 })]);
  expect(one.toFloat64Array()).toEqual(more.toFloat64Array());
  expect([one.name, one.source]).toEqual(["tail", "model"]);
});

test("a linear head gives its W and b, copies at each call; a network of none is the identity", async () => {
  const weights = Float64Array.of(1, 2, 3, 4, 5, 6);
  const head = heads.linear({ weights, shape: [2, 3], bias: Float32Array.of(1, -1) });
  weights.fill(0);
  head.linear()!.weights.fill(9);
  expect(head.linear()).toEqual({ weights: Float64Array.of(1, 2, 3, 4, 5, 6), bias: Float64Array.of(1, -1) });
  const x = represent(
    features(1, 3, () => 1),
    "x",
  );
  expect((await head.apply(x)).toFloat64Array()).toEqual(Float64Array.of(7, 14));
  const none = heads.network([], { inputs: 2 });
  expect(none.linear()).toEqual({ weights: Float64Array.of(1, 0, 0, 1), bias: null });
  expect(heads.network([{ kind: "relu" }], { inputs: 2 }).linear()).toBeNull();
});

test("a function is handed the rows and checked for what it gives back", async () => {
  const x = represent(gaussian(3, 2, 1), "x");
  const sums = (rows: Float64Array, samples: number): Float64Array =>
    Float64Array.from({ length: samples }, (_, i) => rows[2 * i]! + rows[2 * i + 1]!);
  const sync = heads.fromFunction(sums, { inputs: 2, outputs: 1, lipschitz: Math.SQRT2 });
  const late = heads.fromFunction((rows, samples) => Promise.resolve(sums(rows, samples)), { inputs: 2, outputs: 1 });
  const expectedSums = sums(x.toFloat64Array(), 3);
  expect((await sync.apply(x)).toFloat64Array()).toEqual(expectedSums);
  expect((await late.apply(x)).toFloat64Array()).toEqual(expectedSums);
  const short = heads.fromFunction(() => new Float64Array(2), { inputs: 2, outputs: 1, name: "short" });
  await expect(short.apply(x)).rejects.toMatchObject({ code: "SHAPE_MISMATCH" });
  const list = heads.fromFunction(() => [1, 2, 3] as unknown as Float64Array, { inputs: 2, outputs: 1 });
  await expect(list.apply(x)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  const nan = heads.fromFunction(() => Float64Array.of(1, NaN, 2), { inputs: 2, outputs: 1 });
  await expect(nan.apply(x)).rejects.toMatchObject({ code: "NON_FINITE" });
});

test("a function that never answers is left when the signal aborts, with its reason", async () => {
  const head = heads.fromFunction(() => new Promise<never>(() => {}), { inputs: 1, outputs: 1 });
  const controller = new AbortController();
  const running = head.apply(represent(gaussian(2, 1, 1), "x"), { signal: controller.signal });
  const reason = new Error("stop");
  controller.abort(reason);
  await expect(running).rejects.toBe(reason);
});

test("an aborted network returns at once, with the signal's reason", async () => {
  const width = 2048;
  const weights = new Float64Array(width * width).fill(1e-3);
  const layer = { kind: "linear", weights, shape: [width, width] } as const;
  const head = heads.network([layer, layer, layer, layer, layer, layer]);
  const x = Representation.fromArray(new Float32Array(4000 * width).fill(1), [4000, width]);
  const controller = new AbortController();
  const reason = new Error("stop");
  const running = head.apply(x, { signal: controller.signal, threads: 2 });
  await new Promise((resolve) => setTimeout(resolve, 100));
  const aborted = performance.now();
  controller.abort(reason);
  await expect(running).rejects.toBe(reason);
  expect(performance.now() - aborted).toBeLessThan(250);
});

test("what a network overflows to is refused, not hidden behind a relu", async () => {
  const huge = { kind: "linear", weights: Float64Array.of(1e300, -1e300, 1e300, -1e300), shape: [2, 2] } as const;
  const x = represent(
    features(1, 2, () => 1e300),
    "x",
  );
  await expect(heads.network([huge, { kind: "relu" }]).apply(x)).rejects.toMatchObject({ code: "NON_FINITE" });
});

const linear = (outputs: number, inputs: number): NetworkLayer => ({
  kind: "linear",
  weights: new Float64Array(outputs * inputs),
  shape: [outputs, inputs],
});

test.each<[string, () => unknown, string, RegExp]>([
  [
    "widths that do not chain",
    () => heads.network([linear(3, 2), linear(4, 5)]),
    "SHAPE_MISMATCH",
    /5 numbers.*received 3/,
  ],
  ["a width that no layer says", () => heads.network([{ kind: "relu" }]), "INVALID_ARGUMENT", /number of features/],
  [
    "inputs that the first layer does not take",
    () => heads.network([linear(3, 2)], { inputs: 4 }),
    "SHAPE_MISMATCH",
    /received 4/,
  ],
  [
    "an unknown kind",
    () => heads.network([{ kind: "swish" } as unknown as NetworkLayer]),
    "INVALID_ARGUMENT",
    /"silu"/,
  ],
  [
    "an unknown key",
    () => heads.network([{ ...linear(1, 1), extra: 1 } as unknown as NetworkLayer]),
    "INVALID_ARGUMENT",
    /extra/,
  ],
  [
    "a bias of another length",
    () => heads.linear({ weights: new Float64Array(2), shape: [2, 1], bias: new Float64Array(3) }),
    "SHAPE_MISMATCH",
    /bias/,
  ],
  [
    "weights of another length",
    () => heads.linear({ weights: new Float64Array(5), shape: [2, 2] }),
    "SHAPE_MISMATCH",
    /4 elements/,
  ],
  [
    "weights that are not finite",
    () => heads.linear({ weights: Float64Array.of(NaN), shape: [1, 1] }),
    "NON_FINITE",
    /NaN/,
  ],
  [
    "an ε of 0",
    () => heads.network([{ kind: "layer_norm", weights: new Float64Array(2), epsilon: 0 }]),
    "INVALID_ARGUMENT",
    /above 0/,
  ],
  [
    "an infinite slope",
    () => heads.network([{ kind: "leaky_relu", slope: Infinity }], { inputs: 1 }),
    "INVALID_ARGUMENT",
    /finite/,
  ],
  [
    "a constant below 0",
    () => heads.fromFunction((x) => x, { inputs: 1, outputs: 1, lipschitz: -1 }),
    "INVALID_ARGUMENT",
    /lipschitz/,
  ],
])("%s: refused", (_, make, code, says) => {
  expect(make).toThrow(expect.objectContaining({ code, message: expect.stringMatching(says) as string }) as Error);
});

test("features of another width are refused with both widths", async () => {
  const head = heads.linear({ weights: new Float64Array(6), shape: [2, 3], name: "probe" });
  await expect(head.apply(represent(gaussian(4, 5, 1), "relu2"))).rejects.toMatchObject({
    code: "SHAPE_MISMATCH",
    message: expect.stringMatching(/3 features, as head probe takes, but received 5: relu2/) as string,
    details: { expected: 3, received: 5 },
  });
});
