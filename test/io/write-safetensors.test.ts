import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { DType } from "../../lib/dtype.ts";
import { ArgumentError } from "../../lib/errors.ts";
import { openTensorFile } from "../../lib/io/open.ts";
import { type WritableTensor, writeSafetensors } from "../../lib/io/write-safetensors.ts";
import { expectFileError, rejection } from "./support/expect-file-error.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

const temporary = temporaryFolder();

interface HeaderEntry {
  readonly dtype: string;
  readonly shape: number[];
  readonly data_offsets: [number, number];
}

/** The file taken apart as the format's description says, without the reader. */
async function parts(path: string): Promise<{ header: Record<string, HeaderEntry>; start: number; bytes: Buffer }> {
  const bytes = await readFile(path);
  const length = Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.toString("utf8", 8, 8 + length)) as Record<string, HeaderEntry>;
  return { header, start: 8 + length, bytes };
}

async function leftovers(path: string): Promise<string[]> {
  return (await readdir(dirname(path))).filter((name) => name.startsWith(".gramian-"));
}

describe("writing .safetensors", () => {
  it("puts wide elements first and begins the data at a multiple of eight", async () => {
    const path = temporary("mixed.safetensors");
    const tensors: Record<string, WritableTensor> = {
      half: { data: new Uint16Array([0x3c00, 0, 1]), shape: [3], dtype: "f16" },
      brain: { data: new Uint16Array([0x3f80]), shape: [], dtype: "bf16" },
      'ünïcode "q"': { data: new Float32Array([1, 2, 3]), shape: [3, 1] },
      wide: { data: new Float64Array([Math.E]), shape: [1, 1], dtype: "f64" },
      none: { data: new Float32Array(0), shape: [0, 5] },
    };
    await writeSafetensors(path, tensors, { metadata: { model: "mlp" } });
    const { header, start, bytes } = await parts(path);
    expect(start % 8).toBe(0);
    expect(header).toEqual({
      __metadata__: { model: "mlp" },
      wide: { dtype: "F64", shape: [1, 1], data_offsets: [0, 8] },
      'ünïcode "q"': { dtype: "F32", shape: [3, 1], data_offsets: [8, 20] },
      none: { dtype: "F32", shape: [0, 5], data_offsets: [20, 20] },
      half: { dtype: "F16", shape: [3], data_offsets: [20, 26] },
      brain: { dtype: "BF16", shape: [], data_offsets: [26, 28] },
    });
    expect(bytes.readDoubleLE(start)).toBe(Math.E);
    expect(bytes.readFloatLE(start + 16)).toBe(3);
    expect(bytes.readUInt16LE(start + 26)).toBe(0x3f80);
    expect(bytes.length).toBe(start + 28);
    expect(await leftovers(path)).toEqual([]);
  });

  it("is undone by reading, for any names, shapes and views", async () => {
    const path = temporary("property.safetensors");
    const shape = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 });
    const tensor = fc
      .tuple(shape, fc.constantFrom<DType[]>("f64", "f32", "f16", "bf16"), fc.integer())
      .map(([sizes, dtype, start]): WritableTensor => {
        const count = sizes.reduce((product, size) => product * size, 1);
        const numbers = Array.from({ length: count + 2 }, (_, k) => start + k);
        // A view into a longer buffer: only the view is to be written.
        const view = { f64: Float64Array, f32: Float32Array, f16: Uint16Array, bf16: Uint16Array };
        return { data: new view[dtype](numbers).subarray(1, count + 1), shape: sizes, dtype };
      });
    const name = fc.string({ unit: "grapheme", maxLength: 8 }).filter((text) => text !== "__metadata__");
    const property = fc.asyncProperty(fc.dictionary(name, tensor, { maxKeys: 5 }), async (tensors) => {
      await writeSafetensors(path, tensors);
      const file = await openTensorFile(path);
      expect(file.tensors.map((one) => one.name).toSorted()).toEqual(Object.keys(tensors).toSorted());
      for (const [key, { data, shape: sizes, dtype }] of Object.entries(tensors)) {
        expect(await file.read(key)).toEqual({ data: data.slice(), shape: sizes, dtype });
      }
      await file.close();
    });
    await fc.assert(property, { seed: 11, numRuns: 100 });
  });

  it("replaces a file as a whole, or leaves it as it was", async () => {
    const path = temporary("replaced.safetensors");
    await writeFile(path, "old");
    const long = new Float64Array(3 * 2 ** 20);
    const controller = new AbortController();
    const reason = new Error("enough");
    const writing = writeSafetensors(
      path,
      { long: { data: long, shape: [long.length] } },
      { signal: controller.signal },
    );
    controller.abort(reason);
    expect(await rejection(writing)).toBe(reason);
    expect(await readFile(path, "utf8")).toBe("old");
    expect(await leftovers(path)).toEqual([]);
    await writeSafetensors(path, { short: { data: new Float32Array(1), shape: [1] } });
    expect(Object.keys((await parts(path)).header)).toEqual(["short"]);
  });

  it("notices that a buffer was taken away meanwhile, and leaves nothing behind", async () => {
    const path = temporary("taken.safetensors");
    const data = new Float64Array(3 * 2 ** 20);
    const writing = writeSafetensors(path, { data: { data, shape: [data.length] } });
    structuredClone(data, { transfer: [data.buffer] });
    expect(await rejection(writing)).toBeInstanceOf(ArgumentError);
    expect(await readdir(dirname(path))).not.toContain("taken.safetensors");
    expect(await leftovers(path)).toEqual([]);
  });

  it("tells what the system refused", async () => {
    const one = { a: { data: new Float32Array(1), shape: [1] } };
    const nowhere = temporary("no/such/folder.safetensors");
    const error = await expectFileError(writeSafetensors(nowhere, one), nowhere, { code: "FILE_ACCESS" });
    expect(error.cause).toMatchObject({ code: "ENOENT" });
    const folder = temporary("folder.safetensors");
    await mkdir(folder);
    await expectFileError(writeSafetensors(folder, one), folder, { code: "FILE_ACCESS", says: "cannot be written" });
    expect(await leftovers(folder)).toEqual([]);
  });

  const two = new Float32Array(2);
  it.each<[string, unknown, string]>([
    ["a plain array", { a: { data: [1, 2], shape: [2] } }, "INVALID_ARGUMENT"],
    ["a Uint16Array without dtype", { a: { data: new Uint16Array(2), shape: [2] } }, "INVALID_ARGUMENT"],
    ["a dtype that is not the array's", { a: { data: two, shape: [2], dtype: "f64" } }, "INVALID_ARGUMENT"],
    ["a shape of other size", { a: { data: two, shape: [3] } }, "SHAPE_MISMATCH"],
    ["a negative shape", { a: { data: two, shape: [-2, -1] } }, "INVALID_ARGUMENT"],
    ["no shape", { a: { data: two } }, "INVALID_ARGUMENT"],
    ["nothing", { a: null }, "INVALID_ARGUMENT"],
    ["the format's own name", { __metadata__: { data: two, shape: [2] } }, "INVALID_ARGUMENT"],
    ["half a surrogate pair for a name", { "\ud800": { data: two, shape: [2] } }, "INVALID_ARGUMENT"],
    ["no tensors at all", null, "INVALID_ARGUMENT"],
  ])("refuses %s", async (_, tensors, code) => {
    const path = temporary("refused.safetensors");
    const error = await rejection(writeSafetensors(path, tensors as Record<string, WritableTensor>));
    expect(error).toBeInstanceOf(ArgumentError);
    expect(error).toMatchObject({ code });
    expect(await readdir(dirname(path))).not.toContain("refused.safetensors");
  });
});
