import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { openSource, openTensorFile } from "../../lib/io/open.ts";
import { expectFileError, expectRefused, rejection, type Wanted } from "./support/expect-file-error.ts";
import { MemorySource } from "./support/memory-source.ts";
import { openBytes } from "./support/open-bytes.ts";
import { safetensorsBytes } from "./support/safetensors-bytes.ts";

function entry(dtype: string, shape: readonly number[], begin: number, end: number): object {
  return { dtype, shape, data_offsets: [begin, end] };
}

describe("a .safetensors file", () => {
  it("gives each dtype that can be computed with as its typed array, bit for bit", async () => {
    const data = Buffer.alloc(2 * (8 + 4 + 2 + 2));
    data.writeDoubleLE(Math.PI, 0);
    data.writeDoubleLE(-0, 8);
    data.writeFloatLE(1.5, 16);
    data.writeFloatLE(Number.NEGATIVE_INFINITY, 20);
    data.writeUInt16LE(0x3c00, 24);
    data.writeUInt16LE(0x8001, 26);
    data.writeUInt16LE(0x3f80, 28);
    data.writeUInt16LE(0xc000, 30);
    const header = {
      d: entry("F64", [2, 1], 0, 16),
      f: entry("F32", [1, 2], 16, 24),
      h: entry("F16", [2], 24, 28),
      b: entry("BF16", [2, 1, 1], 28, 32),
    };
    const file = await openBytes(safetensorsBytes(header, data));
    expect(await file.read("d")).toEqual({ dtype: "f64", shape: [2, 1], data: new Float64Array([Math.PI, -0]) });
    expect(await file.read("f")).toEqual({
      dtype: "f32",
      shape: [1, 2],
      data: new Float32Array([1.5, Number.NEGATIVE_INFINITY]),
    });
    expect(await file.read("h")).toEqual({ dtype: "f16", shape: [2], data: new Uint16Array([0x3c00, 0x8001]) });
    expect(await file.read("b")).toEqual({ dtype: "bf16", shape: [2, 1, 1], data: new Uint16Array([0x3f80, 0xc000]) });
  });

  it("lists every other dtype, known or not, and refuses to read it", async () => {
    const sizes: Record<string, number> = {
      BOOL: 1,
      U8: 1,
      I8: 1,
      F8_E5M2: 1,
      F8_E4M3: 1,
      F8_E8M0: 1,
      I16: 2,
      U16: 2,
      I32: 4,
      U32: 4,
      I64: 8,
      U64: 8,
      C64: 8,
      F4: 0.5,
      F6_E2M3: 0.75,
      F6_E3M2: 0.75,
      F7_NEW: 5,
    };
    let end = 0;
    const header = Object.fromEntries(
      Object.entries(sizes).map(([dtype, bytes]) => [dtype, entry(dtype, [4], end, (end += 4 * bytes))]),
    );
    const file = await openBytes(safetensorsBytes(header, end));
    expect(file.tensors.map(({ fileDtype, dtype }) => [fileDtype, dtype])).toEqual(
      Object.keys(sizes).map((dtype) => [dtype, null]),
    );
    for (const dtype of Object.keys(sizes)) {
      const wanted: Wanted = { code: "UNSUPPORTED_DTYPE", tensor: dtype, says: "Expected F64, F32, F16 or BF16" };
      await expectFileError(file.read(dtype), "layers.bin", wanted);
    }
  });

  it("may hold scalars, empty tensors, spaces behind the header, fields and names that nobody foresaw", async () => {
    const text =
      ' {"__metadata__":{"a":"1","nested":[{"x":null}]}, "é\\u0041/..\\n": {"new":[1.5e3,true],"shape":[],"dtype":"F32",' +
      '"data_offsets":[0,4]}, "empty":{"dtype":"F64","shape":[0,7],"data_offsets":[4,4]}, "":{"dtype":"F16","shape":[1],' +
      '"data_offsets":[4,6]}}  \n ';
    const file = await openBytes(safetensorsBytes(text.trimStart(), 6));
    expect(file.tensors.map(({ name, shape }) => [name, shape])).toEqual([
      ["éA/..\n", []],
      ["empty", [0, 7]],
      ["", [1]],
    ]);
    expect((await file.read("empty")).data).toEqual(new Float64Array(0));
    expect((await file.read("éA/..\n")).data).toHaveLength(1);
  });

  it("reads only the tensor that is asked for", async () => {
    const header = {
      a: entry("F32", [100], 0, 400),
      b: entry("F32", [10], 400, 440),
      c: entry("F32", [100], 440, 840),
    };
    const bytes = safetensorsBytes(header, 840);
    const source = new MemorySource(bytes);
    const file = await openSource(source);
    source.reads.length = 0;
    await file.read("b");
    expect(source.reads).toEqual([[bytes.length - 840 + 400, 40]]);
  });

  it("streams a tensor that is longer than a chunk, and looks at the signal between chunks", async () => {
    const count = 5 * 2 ** 20;
    const data = Float32Array.from({ length: count }, (_, k) => k);
    const bytes = safetensorsBytes({ long: entry("F32", [count], 0, 4 * count) }, new Uint8Array(data.buffer));
    const source = new MemorySource(bytes);
    const file = await openSource(source);
    const read = await file.read("long");
    expect(Buffer.compare(new Uint8Array(read.data.buffer), new Uint8Array(data.buffer))).toBe(0);
    expect(Math.max(...source.reads.map(([, length]) => length))).toBe(8 * 2 ** 20);

    const controller = new AbortController();
    const reason = new Error("enough");
    source.reads.length = 0;
    const reading = file.read("long", { signal: controller.signal });
    controller.abort(reason);
    expect(await rejection(reading)).toBe(reason);
    expect(source.reads.length).toBeLessThanOrEqual(1);
  });

  it("gives a cut file's tensor and byte when it is cut after it was opened", async () => {
    const bytes = safetensorsBytes({ a: entry("F32", [4], 0, 16) }, 16);
    const source = new MemorySource(bytes, "cut");
    const file = await openSource(source);
    source.end = bytes.length - 5;
    await expectFileError(file.read("a"), "cut", { code: "CORRUPT_FILE", tensor: "a", byte: bytes.length - 5 });
  });

  it("names the nearest tensors when one is missing", async () => {
    const names = ["blocks.0.attn", "blocks.0.mlp", "blocks.1.attn", "blocks.1.mlp", "head", "norm", "embed"];
    const header = Object.fromEntries(names.map((name) => [name, entry("F32", [0], 0, 0)]));
    const file = await openBytes(safetensorsBytes(header));
    const error = await expectFileError(file.read("Blocks.1.atn"), "layers.bin", {
      code: "NO_SUCH_TENSOR",
      tensor: "Blocks.1.atn",
      says: /7 tensors.*nearest: "blocks\.1\.attn", /,
    });
    expect(error.message).not.toContain("embed");
  });
});

describe("the bundled activations", () => {
  it("are read as the numbers that stand in the file", async () => {
    const path = fileURLToPath(new URL("../../examples/mnist/cnn.safetensors", import.meta.url));
    const bytes = readFileSync(path);
    const headerLength = Number(bytes.readBigUInt64LE(0));
    const header = JSON.parse(bytes.toString("utf8", 8, 8 + headerLength)) as Record<
      string,
      { data_offsets?: number[] }
    >;
    const file = await openTensorFile(path);
    expect(file.format).toBe("safetensors");
    expect(file.tensors.map(({ name }) => name)).toEqual(Object.keys(header).filter((name) => name !== "__metadata__"));
    const { data, shape } = await file.read("logits");
    await file.close();
    expect(shape).toEqual([1000, 10]);
    const start = 8 + headerLength + (header.logits?.data_offsets?.[0] ?? 0);
    expect(Array.from(data)).toEqual(Array.from({ length: 10_000 }, (_, k) => bytes.readFloatLE(start + 4 * k)));
  });
});

describe("a .safetensors header that lies", () => {
  const good = { a: entry("F32", [2], 0, 8), b: entry("F32", [2], 8, 16) };
  const corrupt = (wanted: Omit<Wanted, "code">): Wanted => ({ code: "CORRUPT_FILE", ...wanted });
  const cases: [string, Buffer, Wanted][] = [
    ["offsets beyond the end", safetensorsBytes({ a: entry("F32", [4], 0, 16) }, 8), corrupt({ tensor: "a", byte: 9 })],
    [
      "offsets in the wrong order",
      safetensorsBytes({ a: entry("F32", [2], 8, 0) }, 8),
      corrupt({ tensor: "a", says: "do not lie" }),
    ],
    ["a shape that needs more", safetensorsBytes({ a: entry("F32", [3], 0, 8) }, 8), corrupt({ says: "needs 12" })],
    ["a shape that needs less", safetensorsBytes({ a: entry("I64", [1, 1], 0, 16) }, 16), corrupt({ says: "needs 8" })],
    ["half a byte", safetensorsBytes({ a: entry("F4", [3], 0, 2) }, 2), corrupt({ says: "needs 1.5" })],
    [
      "a shape whose product overflows",
      safetensorsBytes({ a: entry("F32", [2 ** 31, 2 ** 31, 2 ** 31], 0, 8) }, 8),
      corrupt({ tensor: "a", says: "more elements than any file can hold" }),
    ],
    [
      "a shape that overflows to what is there (2^64 elements and 0 bytes)",
      safetensorsBytes({ a: entry("F32", [2 ** 32, 2 ** 32], 0, 0) }),
      corrupt({ tensor: "a", says: "more elements" }),
    ],
    [
      "a shape of zero elements that overflows on the way",
      safetensorsBytes({ a: entry("F32", [2 ** 52, 0, 2 ** 52], 0, 0) }),
      corrupt({ tensor: "a", says: "more elements" }),
    ],
    [
      "an overlap",
      safetensorsBytes({ a: entry("F32", [2], 0, 8), b: entry("F32", [2], 4, 12) }, 12),
      corrupt({ tensor: "b", says: 'overlap those of the tensor "a"' }),
    ],
    [
      "two tensors in one place",
      safetensorsBytes({ a: entry("F32", [2], 0, 8), b: entry("F32", [2], 0, 8) }, 8),
      corrupt({ tensor: "b", says: "overlap" }),
    ],
    [
      "a hole",
      safetensorsBytes({ a: entry("F32", [2], 0, 8), b: entry("F32", [2], 12, 20) }, 20),
      corrupt({ tensor: "b", says: "hole of 4 bytes" }),
    ],
    ["bytes that belong to nobody", safetensorsBytes(good, 20), corrupt({ says: "4 bytes that belong to no tensor" })],
    [
      "a tensor twice",
      safetensorsBytes(
        '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}',
        4,
      ),
      corrupt({ byte: 62, says: '"a" stands twice' }),
    ],
    [
      "a tensor twice, spelled differently",
      safetensorsBytes(
        '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"\\u0061":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}',
        4,
      ),
      corrupt({ byte: 62, says: '"a" stands twice' }),
    ],
    [
      "a field twice",
      safetensorsBytes('{"a":{"dtype":"F32","shape":[1],"shape":[2],"data_offsets":[0,4]}}', 4),
      corrupt({ tensor: "a", byte: 40, says: '"shape" stands twice' }),
    ],
    [
      "no dtype",
      safetensorsBytes('{"a":{"shape":[1],"data_offsets":[0,4]}}', 4),
      corrupt({ tensor: "a", says: "no dtype" }),
    ],
    ["no offsets", safetensorsBytes('{"a":{"dtype":"F32","shape":[1]}}', 4), corrupt({ says: "no data_offsets" })],
    [
      "one offset",
      safetensorsBytes('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}', 4),
      corrupt({ says: "no data_offsets" }),
    ],
    [
      "three offsets",
      safetensorsBytes('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,4]}}', 4),
      corrupt({ says: "more than 2" }),
    ],
    [
      "a negative size",
      safetensorsBytes({ a: entry("F32", [-1], 0, 4) }, 4),
      corrupt({ tensor: "a", says: "whole number" }),
    ],
    ["a fractional size", safetensorsBytes({ a: entry("F32", [1.5], 0, 4) }, 4), corrupt({ says: "whole number" })],
    [
      "a size above 2^53",
      safetensorsBytes('{"a":{"dtype":"F32","shape":[9007199254740993],"data_offsets":[0,4]}}', 4),
      corrupt({ tensor: "a", byte: 8 + 29, says: "whole number" }),
    ],
    [
      "too many axes",
      safetensorsBytes({ a: entry("F32", Array<number>(65).fill(1), 0, 4) }, 4),
      corrupt({ tensor: "a", says: "more than 64" }),
    ],
    ["a dtype that is a number", safetensorsBytes('{"a":{"dtype":7}}'), corrupt({ tensor: "a", byte: 22 })],
    ["an array for an entry", safetensorsBytes('{"a":[1]}'), corrupt({ tensor: "a", byte: 13, says: 'expected "{"' })],
    ["a header that stops", safetensorsBytes('{"a":{"dtype"'), corrupt({ byte: 21, says: "end of the header" })],
    ["a string that stops", safetensorsBytes('{"a'), corrupt({ byte: 9, says: "does not end" })],
    ["two headers", safetensorsBytes("{}{}"), corrupt({ byte: 10 })],
    ["a comma too many", safetensorsBytes('{"__metadata__":{},}'), corrupt({ byte: 27 })],
    ["a wrong escape", safetensorsBytes('{"\\x41":{}}'), corrupt({ byte: 9 })],
    ["half a surrogate pair", safetensorsBytes('{"\\ud800":{}}'), corrupt({ byte: 9, says: "surrogate" })],
    [
      "a name that is not UTF-8",
      safetensorsBytes(Buffer.from('{"\xc0":0}', "latin1")),
      corrupt({ byte: 9, says: "UTF-8" }),
    ],
    ["a bare word", safetensorsBytes('{"__metadata__":yes}'), corrupt({ byte: 24, says: "a JSON value" })],
    [
      "deep nesting",
      safetensorsBytes(`{"__metadata__":${"[".repeat(100_000)}`),
      corrupt({ says: "nested more than 32 deep" }),
    ],
    ["a name as long as a book", safetensorsBytes({ ["x".repeat(1025)]: 1 }), corrupt({ says: "longer than 1024" })],
  ];

  it.each(cases)("%s", async (_, bytes, wanted) => {
    await expectRefused(bytes, wanted);
  });

  it("a header of gigabytes is refused before anything is allocated for it", async () => {
    for (const length of [100_000_001n, 2n ** 31n, 2n ** 33n, 2n ** 63n, 2n ** 64n - 1n]) {
      const bytes = Buffer.from('........{"a":1}');
      bytes.writeBigUInt64LE(length);
      // Were the length believed and the file that long, the read would show.
      const source = new MemorySource(bytes, "huge", 2 ** 40);
      await expectFileError(openSource(source), "huge", { code: "CORRUPT_FILE", byte: 0, says: String(length) });
      expect(source.largestTarget).toBeLessThanOrEqual(262);
    }
  });

  it("a header longer than the file is refused before anything is allocated for it", async () => {
    const bytes = Buffer.from('........{"a":1}');
    bytes.writeBigUInt64LE(90_000_000n);
    const source = new MemorySource(bytes);
    await expectFileError(openSource(source), "layers.bin", { code: "CORRUPT_FILE", byte: 0, says: "only 7 follow" });
    expect(source.largestTarget).toBeLessThanOrEqual(262);
  });

  it("more tensors than any model has are refused", async () => {
    const one = '":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}';
    const names = Array.from({ length: 200_001 }, (_, k) => `"${k.toString(36)}${one}`);
    await expectRefused(safetensorsBytes(`{${names.join(",")}}`), { code: "CORRUPT_FILE", says: "more than 200000" });
  });

  it("the name of a tensor cannot drive the terminal that an error is shown on", async () => {
    const header = { "\u001b[2J\u009b\u202eevil\n": entry("F32", [3], 0, 8) };
    const error = await expectRefused(safetensorsBytes(header, 8), { code: "CORRUPT_FILE" });
    expect(error.message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(error.message).toContain("\\u001b[2J\\u009b\\u202eevil\\u000a");
  });
});
