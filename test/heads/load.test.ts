// Networks from files: the bundled ones give their own logits, and whatever a file says wrong is refused with what would be right.
import { describe, expect, test } from "vitest";

import { heads, loadNetwork, openTensorFile, Representation, writeSafetensors } from "../../lib/index.ts";
import { temporaryFolder } from "../io/support/temporary-folder.ts";
import { represent } from "../property/ask.ts";
import { features } from "../twin/features.ts";

const folder = temporaryFolder();
const bundled = (name: string): string => `examples/mnist/${name}.weights.safetensors`;

describe.each(["mlp-a", "mlp-b", "mlp-wide", "mlp-random"])("the bundled %s", (name) => {
  test("has the points of its activations, and from each of them gives its logits to the rounding of f32", async () => {
    const network = await loadNetwork(bundled(name));
    expect(network.name).toBe(name);
    expect(network.points).toEqual(["relu1", "relu2", "relu3", "logits"]);
    const layers = await Representation.loadAll(`examples/mnist/${name}.safetensors`);
    expect(layers.map((layer) => layer.name)).toEqual(network.points);
    const logits = layers.at(-1)!.toFloat64Array();
    for (const layer of layers) {
      const out = (await network.head(layer.name).apply(layer)).toFloat64Array();
      // The bundled activations were computed and stored in f32: sums of up to 256 products of size 1 to 10.
      const off = logits.reduce((most, value, k) => Math.max(most, Math.abs(out[k]! - value)), 0);
      expect(off).toBeLessThan(1e-6);
    }
  });
});

/** A file of linear layers, vectors and metadata. */
async function fileOf(
  tensors: Readonly<Record<string, readonly number[]>>,
  metadata: Readonly<Record<string, string>>,
  name = "network.safetensors",
): Promise<string> {
  const path = folder(name);
  const entries = Object.entries(tensors).map(([key, shape]) => {
    const count = shape.reduce((a, b) => a * b, 1);
    return [key, { data: Float64Array.from({ length: count }, (_, k) => k + 1), shape }] as const;
  });
  await writeSafetensors(path, Object.fromEntries(entries), { metadata });
  return path;
}

test("open files show their metadata", async () => {
  const file = await openTensorFile(bundled("mlp-a"));
  expect(file.metadata.get("order")).toBe("l.0 relu l.1 relu l.2 relu l.3");
  await file.close();
  const plain = await openTensorFile(await fileOf({ a: [1] }, {}));
  expect(plain.metadata.size).toBe(0);
  await plain.close();
});

test("points are named by the word and its count, or by the order", async () => {
  const tensors = { "a.weight": [3, 2], "a.bias": [3], "n.weight": [3], "b.weight": [2, 3] };
  const path = await fileOf(tensors, {
    order: "a=first n(1e-3) leaky_relu(0.2) gelu=block n=again gelu b softmax",
    model: "mixed",
  });
  const network = await loadNetwork(path);
  expect(network.name).toBe("mixed");
  expect(network.points).toEqual(["first", "leaky_relu1", "block", "again", "gelu2", "softmax1"]);
  const last = await loadNetwork(path, { order: "a relu b", name: "short" });
  expect([last.name, ...last.points]).toEqual(["short", "relu1", "logits"]);
  expect((await loadNetwork(path, { order: "a relu b=out" })).points).toEqual(["relu1", "out"]);
  // a: rows (1 2), (3 4), (5 6) and bias (1 2 3); b: (1 2 3), (4 5 6).
  const head = await heads.load(path, { order: "a=start relu b", from: "start" });
  expect([head.name, head.inputs, head.outputs]).toEqual(["mixed:start", 3, 2]);
  const x = represent(
    features(1, 3, (_, j) => [1, -1, 2][j]!),
    "x",
  );
  expect((await head.apply(x)).toFloat64Array()).toEqual(Float64Array.of(7, 16));
  const whole = await heads.load(path, { order: "n=in a relu b", from: "in" }).catch((error: unknown) => error);
  expect(whole).toMatchObject({ code: "SHAPE_MISMATCH" });
});

test("a layer norm has its ε from the order, and its constant from the caller", async () => {
  const path = await fileOf({ "n.weight": [2] }, { order: "relu n(3)=out" }, "norm.weights.safetensors");
  const network = await loadNetwork(path);
  // By its file, without endings.
  expect(network.name).toBe("norm");
  const x = represent(
    features(1, 2, (_, j) => [1, 3][j]!),
    "x",
  );
  // Mean 2, variance 1, √(1 + 3) = 2, weights (1, 2).
  const head = network.head("relu1");
  expect((await head.apply(x)).toFloat64Array()).toEqual(Float64Array.of(-0.5, 1));
  await expect(head.lipschitz()).rejects.toMatchObject({ code: "NOT_LIPSCHITZ", details: { layer: "n" } });
  const given = (await loadNetwork(path, { lipschitz: { n: 1.5 } })).head("relu1");
  expect(await given.lipschitz()).toEqual({
    constant: 1.5,
    method: "spectral-product",
    parts: [{ name: "n", constant: 1.5 }],
  });
  await expect(loadNetwork(path, { lipschitz: { m: 1 } })).rejects.toThrow(/layer norm \(n\)/);
});

test("halves are read", async () => {
  const path = folder("half.safetensors");
  const data = Uint16Array.of(0x3f80, 0x4000); // 1 and 2
  await writeSafetensors(
    path,
    { "a.weight": { data, shape: [1, 2], dtype: "bf16" } },
    { metadata: { order: "relu a" } },
  );
  const head = await heads.load(path, { from: "relu1" });
  expect(head.linear()).toEqual({ weights: Float64Array.of(1, 2), bias: null });
});

test("a point that is not there is refused with those that are near", async () => {
  const network = await loadNetwork(bundled("mlp-a"));
  expect(() => network.head("rel2")).toThrow(
    expect.objectContaining({ code: "NO_SUCH_POINT", message: expect.stringContaining('"relu2"') as string }) as Error,
  );
  expect(() => network.head(2 as unknown as string)).toThrow(
    expect.objectContaining({ code: "INVALID_ARGUMENT" }) as Error,
  );
  await expect(heads.load(bundled("mlp-a"), {} as { from: string })).rejects.toMatchObject({
    code: "INVALID_ARGUMENT",
  });
});

const tensors = { "a.weight": [3, 2], "b.weight": [2, 4], "c.weight": [2, 2, 2], "d.weight": [4, 3], "d.bias": [5] };

test.each([
  ["no order", undefined, "INVALID_ARGUMENT", /"a", "b", "c", "d"/],
  ["an empty order", "  ", "INVALID_ARGUMENT", /at least one module/],
  [
    "an unknown word",
    "a relo b",
    "INVALID_ARGUMENT",
    /relu, tanh, sigmoid, gelu, gelu_tanh, silu, softmax, leaky_relu.*'relo'/,
  ],
  ["a tensor that is missing", "a relu e", "INVALID_ARGUMENT", /prefixes: "a"/],
  ["widths that do not chain", "a relu b", "SHAPE_MISMATCH", /4 numbers, as b takes.*received 3/],
  ["a tensor of rank 3", "c", "SHAPE_MISMATCH", /"c.weight".*\[2, 2, 2\]/],
  ["a bias of another length", "a relu d", "SHAPE_MISMATCH", /\[4\].*"d.bias".*\[5\]/],
  ["a number behind an activation without one", "a relu(2)", "INVALID_ARGUMENT", /leaky_relu \(its slope\)/],
  ["a number behind a linear layer", "a(2)", "INVALID_ARGUMENT", /none behind a linear layer/],
  ["no number in brackets", "a leaky_relu(x)", "INVALID_ARGUMENT", /a number in brackets/],
  ["a name that is empty", "a relu=", "INVALID_ARGUMENT", /a name behind =/],
  ["names that are given twice", "a relu=relu2 relu", "INVALID_ARGUMENT", /"relu2" twice/],
  ["nothing with a weight", "relu tanh", "INVALID_ARGUMENT", /at least one layer with a weight/],
] as const)("%s: refused", async (_, order, code, says) => {
  const path = await fileOf(tensors, order === undefined ? {} : { order });
  await expect(loadNetwork(path)).rejects.toMatchObject({ code, message: expect.stringMatching(says) as string });
});

test("weights that are not finite are refused with their place, and an aborted reading with its reason", async () => {
  const path = folder("nan.safetensors");
  const weight = { data: Float32Array.of(1, NaN), shape: [1, 2] };
  await writeSafetensors(path, { "a.weight": weight }, { metadata: { order: "a" } });
  await expect(loadNetwork(path)).rejects.toMatchObject({ code: "NON_FINITE", details: { row: 0, column: 1 } });
  const reason = new Error("stop");
  await expect(loadNetwork(path, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});
