import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { ArgumentError, DataError, FileError } from "../../lib/errors.ts";
import { writeSafetensors } from "../../lib/io/write-safetensors.ts";
import { Representation } from "../../lib/representation.ts";

const counting = (length: number): Float32Array => Float32Array.from({ length }, (_, i) => i);

let folder: string;
const at = (name: string): string => join(folder, name);

/** A .npy file, version 1.0, as NumPy's format description has it. */
function npy(values: Float32Array, shape: readonly number[]): Buffer {
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.map((length) => `${length},`).join(" ")}), }`;
  const header = Buffer.from(`${text.padEnd(118 - 1)}\n`, "latin1");
  const start = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0]);
  return Buffer.concat([start, header, Buffer.from(values.buffer)]);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "gramian-load-"));
  await writeSafetensors(at("net.safetensors"), {
    "block.0": { data: counting(6), shape: [3, 2] },
    "block.1": { data: Float64Array.from(counting(9)), shape: [3, 3] },
    half: { data: Uint16Array.of(0x3c00, 0x4000, 0x4200), shape: [3, 1], dtype: "f16" },
    labels: { data: counting(3), shape: [3] },
  });
  await writeSafetensors(at("conv.safetensors"), {
    conv: { data: counting(24), shape: [2, 3, 2, 2] },
    fc: { data: counting(4), shape: [2, 2] },
  });
  await writeSafetensors(at("stack.safetensors"), { feats: { data: counting(24), shape: [4, 3, 2] } });
  const bad = counting(6);
  bad[3] = NaN;
  await writeSafetensors(at("bad.safetensors"), {
    bad: { data: bad, shape: [3, 2] },
    empty: { data: new Float32Array(0), shape: [0, 2] },
  });
  await writeSafetensors(at("labels.safetensors"), { labels: { data: counting(3), shape: [3] } });
  writeFileSync(at("relu1.npy"), npy(counting(6), [3, 2]));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const names = (layers: readonly Representation[]): string[] => layers.map(String).toSorted();

describe("load", () => {
  test("one tensor, named like itself, with the file as its source", async () => {
    const layer = await Representation.load(at("net.safetensors"), "block.1");
    expect(String(layer)).toBe("block.1 (3×3 f64, net)");
    expect([...layer.toFloat64Array()]).toEqual([...counting(9)]);
    expect([...layer.facts.mean]).toEqual([3, 4, 5]);
  });

  test("with a name, a source and some of the rows", async () => {
    const options = { name: "first", source: "gpt", rows: [2, 0] };
    const layer = await Representation.load(at("net.safetensors"), "block.0", options);
    expect(String(layer)).toBe("first (2×2 f32, gpt)");
    expect([...layer.toFloat64Array()]).toEqual([4, 5, 0, 1]);
  });

  test("halves stay halves", async () => {
    const layer = await Representation.load(at("net.safetensors"), "half");
    expect([layer.dtype, ...layer.toFloat64Array()]).toEqual(["f16", 1, 2, 3]);
  });

  test("the only tensor needs no name", async () => {
    expect(String(await Representation.load(at("relu1.npy")))).toBe("relu1 (3×2 f32, relu1)");
  });

  test("rank above 2 with flatten only", async () => {
    const flat = await Representation.load(at("conv.safetensors"), "conv", { flatten: true });
    expect([flat.samples, flat.features]).toEqual([2, 12]);
    await expect(Representation.load(at("conv.safetensors"), "conv")).rejects.toThrow(
      /the shape of tensor "conv" of .*conv\.safetensors but received \[ 2, 3, 2, \.\.\. 1 more item \].*`flatten: true`/,
    );
  });
});

describe("loadAll", () => {
  test("without a pattern: all that may be layers", async () => {
    expect(names(await Representation.loadAll(at("net.safetensors")))).toEqual([
      "block.0 (3×2 f32, net)",
      "block.1 (3×3 f64, net)",
      "half (3×1 f16, net)",
    ]);
  });

  test("a glob or several", async () => {
    expect(names(await Representation.loadAll(at("net.safetensors"), "block.*"))).toHaveLength(2);
    const several = await Representation.loadAll(at("net.safetensors"), ["half", "block.{0..0}", "block.0"]);
    expect(names(several)).toEqual(["block.0 (3×2 f32, net)", "half (3×1 f16, net)"]);
  });

  test("rows and source for all", async () => {
    const layers = await Representation.loadAll(at("net.safetensors"), "block.*", {
      rows: Uint32Array.of(1),
      source: "s",
    });
    expect(names(layers)).toEqual(["block.0 (1×2 f32, s)", "block.1 (1×3 f64, s)"]);
  });

  test.each([
    [
      0,
      ["feats.0 (3×2 f32, stack)", "feats.1 (3×2 f32, stack)", "feats.2 (3×2 f32, stack)", "feats.3 (3×2 f32, stack)"],
    ],
    [1, ["feats.0 (4×2 f32, stack)", "feats.1 (4×2 f32, stack)", "feats.2 (4×2 f32, stack)"]],
    [2, ["feats.0 (4×3 f32, stack)", "feats.1 (4×3 f32, stack)"]],
  ] as const)("a stack with its layers on axis %d", async (layerAxis, wanted) => {
    const layers = await Representation.loadAll(at("stack.safetensors"), "*", { layerAxis });
    expect(layers.map(String)).toEqual(wanted);
    const inMemory = Representation.stack(counting(24), [4, 3, 2], { layerAxis });
    expect(layers.map((layer) => layer.toFloat64Array())).toEqual(inMemory.map((layer) => layer.toFloat64Array()));
  });

  test("rows of a stack are samples of each layer", async () => {
    const layers = await Representation.loadAll(at("stack.safetensors"), "*", { layerAxis: 1, rows: [3, 1] });
    expect(layers.map((layer) => Array.from(layer.toFloat64Array()))).toEqual([
      [18, 19, 6, 7],
      [20, 21, 8, 9],
      [22, 23, 10, 11],
    ]);
  });
});

describe("refusals", () => {
  const { load, loadAll } = Representation;
  const net = (): string => at("net.safetensors");
  test.each<[string, () => Promise<unknown>, new (...values: never[]) => Error, string, RegExp]>([
    ["no such file", () => load(at("none.npy")), FileError, "FILE_ACCESS", /none\.npy/],
    ["no path", () => load(""), ArgumentError, "INVALID_ARGUMENT", /for file/],
    ["no name where there are several", () => load(net()), FileError, "NO_SUCH_TENSOR", /name of a tensor.*"block\.0"/],
    ["no such tensor", () => load(net(), "blok.0"), FileError, "NO_SUCH_TENSOR", /"blok\.0".*"block\.0"/],
    ["nothing matches", () => loadAll(net(), "layer*"), FileError, "NO_SUCH_TENSOR", /"layer\*"/],
    ["one of several matches nothing", () => loadAll(net(), ["half", "x*"]), FileError, "NO_SUCH_TENSOR", /"x\*"/],
    ["no pattern at all", () => loadAll(net(), []), ArgumentError, "INVALID_ARGUMENT", /at least one pattern/],
    ["nothing that may be a layer", () => loadAll(at("labels.safetensors")), FileError, "NO_SUCH_TENSOR", /rank 2/],
    ["labels, asked for", () => loadAll(net(), "*"), ArgumentError, "SHAPE_MISMATCH", /tensor "labels".*\[n, 1\]/],
    ["no samples", () => load(at("bad.safetensors"), "empty"), ArgumentError, "SHAPE_MISMATCH", /at least one sample/],
    ["NaN", () => load(at("bad.safetensors"), "bad"), DataError, "NON_FINITE", /"bad" of bad.*row 1, column 1: NaN/],
    ["a row past the end", () => load(net(), "half", { rows: [3] }), ArgumentError, "INVALID_ARGUMENT", /rows\[0\]/],
    ["a matrix as a stack", () => loadAll(net(), "half", { layerAxis: 1 }), ArgumentError, "SHAPE_MISMATCH", /rank 3/],
    ["axis 3", () => loadAll(net(), "*", { layerAxis: 3 as 2 }), ArgumentError, "INVALID_ARGUMENT", /layerAxis/],
    [
      "flatten beside layerAxis",
      () => loadAll(at("stack.safetensors"), "*", { layerAxis: 1, flatten: true }),
      ArgumentError,
      "INVALID_ARGUMENT",
      /no `flatten` beside `layerAxis`/,
    ],
    [
      "a misspelled option",
      () => load(net(), "half", { flaten: true } as object),
      ArgumentError,
      "INVALID_ARGUMENT",
      /only the keys/,
    ],
    [
      "a signal that is none",
      () => load(net(), "half", { signal: {} as AbortSignal }),
      ArgumentError,
      "INVALID_ARGUMENT",
      /AbortSignal/,
    ],
    ["options that are none", () => load(net(), "half", null as never), ArgumentError, "INVALID_ARGUMENT", /options/],
  ])("%s", async (_, call, kind, code, message) => {
    const error: unknown = await call().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  test("a tensor that does not fit is found before any is read", async () => {
    // "bad" stands first in the file, and reading it would have found its NaN.
    await expect(loadAll(at("bad.safetensors"), "*")).rejects.toMatchObject({ code: "SHAPE_MISMATCH" });
  });

  test("an aborted call rejects with the signal's reason", async () => {
    const reason = new Error("enough");
    await expect(load(net(), "half", { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    await expect(loadAll(net(), "block.*", { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const controller = new AbortController();
    const call = loadAll(net(), "block.*", { signal: controller.signal });
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
  });
});

test("the bundled networks load whole", async () => {
  const layers = await Representation.loadAll("examples/mnist/mlp-a.safetensors");
  expect(layers.map(String)).toEqual([
    "relu1 (1000×128 f32, mlp-a)",
    "relu2 (1000×128 f32, mlp-a)",
    "relu3 (1000×64 f32, mlp-a)",
    "logits (1000×10 f32, mlp-a)",
  ]);
});

test("onTensor is told of every tensor that was read, in order", async () => {
  const told: [number, number][] = [];
  await Representation.loadAll("examples/mnist/mlp-a.safetensors", "relu*", {
    onTensor: (done, total) => told.push([done, total]),
  });
  expect(told).toEqual([
    [1, 3],
    [2, 3],
    [3, 3],
  ]);
});
