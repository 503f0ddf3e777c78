import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { markAsUntransferable } from "node:worker_threads";

import { describe, expect, test } from "vitest";

import { ArgumentError } from "../../lib/errors.ts";
import { matrixOf, Representation } from "../../lib/representation.ts";

/** Buffers that can change their length, which the type library of this language level does not know. */
const ResizableBuffer = ArrayBuffer as unknown as new (
  length: number,
  options: { maxByteLength: number },
) => ArrayBuffer & { resize(length: number): void };

/** Not in the type library either. */
const Wasm = Reflect.get(globalThis, "WebAssembly") as {
  Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer };
};

const values = (layer: Representation): number[] => [...layer.toFloat64Array()];

describe("a copy is made of what lies in", () => {
  test("shared memory", () => {
    const shared = new Float32Array(new SharedArrayBuffer(16));
    shared.set([1, 2, 3, 4]);
    const layer = Representation.fromArray(shared, [2, 2]);
    shared.fill(0);
    expect(values(layer)).toEqual([1, 2, 3, 4]);
    expect(matrixOf(layer).data.buffer).toBeInstanceOf(ArrayBuffer);
  });

  test("a resizable buffer, whose later length does not matter", () => {
    const buffer = new ResizableBuffer(32, { maxByteLength: 64 });
    const tracking = new Float64Array(buffer);
    tracking.set([1, 2, 3, 4]);
    const layer = Representation.fromArray(tracking, [2, 2]);
    buffer.resize(0);
    expect(values(layer)).toEqual([1, 2, 3, 4]);
    expect(matrixOf(layer).data.buffer).toHaveProperty("resizable", false);
    expect(() => Representation.fromArray(tracking, [2, 2])).toThrow(
      expect.objectContaining({ code: "SHAPE_MISMATCH" }),
    );
    buffer.resize(16);
    // The array follows its buffer's length.
    expect(values(Representation.fromArray(tracking, [1, 2]))).toEqual([0, 0]);
  });

  test("a view that its shrunken buffer no longer holds", () => {
    const buffer = new ResizableBuffer(32, { maxByteLength: 64 });
    const fixed = new Float64Array(buffer, 8, 2);
    buffer.resize(16);
    expect(() => Representation.fromArray(fixed, [1, 2])).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining("detached") }),
    );
  });

  test("a part of a Buffer of the pool, at an odd place", () => {
    const bytes = Buffer.from(Float64Array.of(9, 1, 2, 9).buffer);
    const part = new Float64Array(bytes.buffer, bytes.byteOffset + 8, 2);
    expect(values(Representation.fromArray(part, [2, 1]))).toEqual([1, 2]);
  });

  test("another realm, as test runners have them", () => {
    const foreign = runInNewContext("Float32Array.of(1, 2)") as Float32Array;
    expect(foreign).not.toBeInstanceOf(Float32Array);
    const layer = Representation.fromArray(foreign, [2, 1]);
    expect(values(layer)).toEqual([1, 2]);
    expect(matrixOf(layer).data).toBeInstanceOf(Float32Array);
    const taken = Representation.fromArray(foreign, [2, 1], { take: true });
    expect(matrixOf(taken).data).toBeInstanceOf(Float32Array);
    expect(foreign.length).toBe(0);
  });

  test("an array of a class of the caller's own", () => {
    class Odd extends Float32Array {
      static get [Symbol.species](): Float32ArrayConstructor {
        throw new Error("asked for its species");
      }
    }
    const layer = Representation.fromArray(Odd.of(1, 2), [2, 1]);
    expect(Object.getPrototypeOf(matrixOf(layer).data)).toBe(Float32Array.prototype);
  });
});

describe("take", () => {
  test.each([
    ["f64", Float64Array.of(1, 2)],
    ["f32", Float32Array.of(1, 2)],
    ["f16", Uint16Array.of(0x3c00, 0x4000)],
  ] as const)("hands an array of %s over and leaves its owner an empty one", (dtype, data) => {
    const { buffer } = data;
    const layer = Representation.fromArray(data, [2, 1], { take: true, dtype });
    expect([data.length, buffer.byteLength]).toEqual([0, 0]);
    expect(values(layer)).toEqual([1, 2]);
    expect(layer.dtype).toBe(dtype);
  });

  test("spends no memory on a copy", () => {
    const bytes = 64 * 2 ** 20;
    const data = new Float64Array(bytes / 8).fill(1);
    const before = process.memoryUsage().arrayBuffers;
    const layer = Representation.fromArray(data, [8, bytes / 64], { take: true });
    // The facts take 8 bytes a column and little else: an eighth of the data. A copy would be all of it.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(bytes / 4);
    expect(layer.samples).toBe(8);
  });

  test("refuses what cannot be handed over whole, and leaves it alone", () => {
    const memory = new Wasm.Memory({ initial: 1 });
    const pool = new ArrayBuffer(16);
    markAsUntransferable(pool);
    const cases: [Float32Array, RegExp][] = [
      [new Float32Array(new SharedArrayBuffer(16)), /shared memory.*SharedArrayBuffer cannot be transferred/],
      [new Float32Array(new ResizableBuffer(16, { maxByteLength: 32 })), /fixed size.*resizable/],
      [new Float32Array(new ArrayBuffer(32), 8, 4), /whole of its ArrayBuffer.*bytes 8 to 24 of 32/],
      [new Float32Array(new ArrayBuffer(32), 0, 4), /bytes 0 to 16 of 32/],
      [new Float32Array(memory.buffer, 0, 16384), /can be transferred.*WebAssembly memory/],
      [new Float32Array(pool), /can be transferred.*pool/],
    ];
    for (const [data, message] of cases) {
      const { length } = data;
      const call = (): unknown => Representation.fromArray(data, [4, length / 4], { take: true });
      expect(call).toThrow(ArgumentError);
      expect(call).toThrow(message);
      expect(call).toThrow(/Leave `take` out/);
      expect(data.length).toBe(length);
      expect(Representation.fromArray(data, [4, length / 4]).samples).toBe(4);
    }
  });

  test("a call that fails takes nothing", () => {
    const data = Float32Array.of(1, NaN);
    expect(() => Representation.fromArray(data, [2, 1], { take: true })).toThrow(/row 1, column 0/);
    expect(() => Representation.fromArray(data, [3, 1], { take: true })).toThrow(/3 elements/);
    expect(data.length).toBe(2);
  });
});

test("a detached array is called that", () => {
  const data = new Float32Array(4);
  structuredClone(data.buffer, { transfer: [data.buffer] });
  expect(() => Representation.fromArray(data, [2, 2])).toThrow(/4 elements \(2×2\).*it is detached/);
  expect(() => Representation.fromArray(new Float32Array(0), [2, 2])).toThrow(/Float32Array\.$/);
});

test("neither the caller's array nor the representation is kept alive by anything", async () => {
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc") as () => void;
  let data: Float32Array | undefined = new Float32Array(1 << 16);
  let layer: Representation | undefined = Representation.fromArray(data, [256, 256]);
  const source = new WeakRef(data);
  const matrix = new WeakRef(matrixOf(layer).data);
  data = undefined;
  // A WeakRef holds its target until the current job ends.
  await new Promise(setImmediate);
  gc();
  expect(source.deref()).toBeUndefined();
  expect(matrix.deref()?.length).toBe(1 << 16);
  expect(layer.samples).toBe(256);
  layer = undefined;
  await new Promise(setImmediate);
  gc();
  expect(matrix.deref()).toBeUndefined();
});
