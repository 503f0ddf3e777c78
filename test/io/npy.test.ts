import { describe, expect, it } from "vitest";

import { openSource } from "../../lib/io/open.ts";
import { expectFileError, expectRefused, rejection, type Wanted } from "./support/expect-file-error.ts";
import { MemorySource } from "./support/memory-source.ts";
import { npyBytes, npyHeader } from "./support/npy-bytes.ts";
import { openBytes } from "./support/open-bytes.ts";

describe("a .npy file", () => {
  it("holds one tensor, named like the file", async () => {
    const bytes = npyBytes(npyHeader("<f4", "(2,)"), 8);
    for (const [path, name] of [
      ["acts/layer.1.npy", "layer.1"],
      ["acts/layer.1", "layer.1"],
      [".npy", ".npy"],
    ] as const) {
      const file = await openBytes(bytes, path);
      expect(file.format).toBe("npy");
      expect(file.tensors).toHaveLength(1);
      expect(file.tensors[0]).toMatchObject({ name, dtype: "f32", fileDtype: "<f4", shape: [2], byteLength: 8 });
      expect(file.tensors[0]?.byteOffset).toBe(bytes.length - 8);
    }
  });

  it("may have keys in any order, double quotes, no padding, and Python 2's long integers", async () => {
    const file = await openBytes(npyBytes(`{"shape":(2L,1L),"fortran_order":False,"descr":"<f8"}`, 16));
    expect((await file.read("layers.bin")).shape).toEqual([2, 1]);
  });

  it.each([
    ["<f8", 8],
    [">f8", 8],
    ["<f4", 4],
    [">f4", 4],
    ["<f2", 2],
    [">f2", 2],
  ] as const)("%s keeps every bit of NaNs, infinities and subnormals", async (descr, width) => {
    const little = [
      [0, 0, 0, 0, 0, 0, 0xf0, 0x7f],
      [1, 0, 0, 0, 0, 0, 0, 0x80],
      [0, 0, 0, 0, 0, 0, 0xf8, 0x7f],
      [1, 2, 3, 4, 5, 6, 7, 8],
    ].map((bytes) => bytes.slice(8 - width));
    const stored = little.flatMap((bytes) => (descr.startsWith(">") ? bytes.toReversed() : bytes));
    const file = await openBytes(npyBytes(npyHeader(descr, "(4,)"), Buffer.from(stored)));
    const { data } = await file.read("layers.bin");
    expect([...new Uint8Array(data.buffer)]).toEqual(little.flat());
  });

  it("is transposed chunk by chunk when it is in Fortran order", async () => {
    // 3 columns of 200,000 float64: 4.8 MB, so that chunks end within columns.
    const [rows, columns] = [200_000, 3];
    const stored = Float64Array.from({ length: rows * columns }, (_, k) => k);
    const bytes = npyBytes(npyHeader("<f8", `(${rows}, ${columns})`, true), new Uint8Array(stored.buffer));
    const file = await openBytes(bytes);
    const { data } = await file.read("layers.bin");
    let wrong = 0;
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) if (data[i * columns + j] !== j * rows + i) wrong++;
    }
    expect(wrong).toBe(0);
  });

  it("stops between chunks when it is aborted, with the signal's reason", async () => {
    const count = 3 * 2 ** 20;
    const bytes = npyBytes(npyHeader("<f8", `(${count},)`), 8 * count);
    const file = await openBytes(bytes);
    const controller = new AbortController();
    const reading = file.read("layers.bin", { signal: controller.signal });
    controller.abort("stop");
    expect(await rejection(reading)).toBe("stop");
  });
});

describe("a .npy header that lies", () => {
  const corrupt = (wanted: Omit<Wanted, "code">): Wanted => ({ code: "CORRUPT_FILE", ...wanted });
  const v1 = 10;
  const cases: [string, Buffer, Wanted][] = [
    [
      "less data than declared",
      npyBytes(npyHeader("<f4", "(3,)"), 8),
      corrupt({ says: "needs 12 bytes, but 8 follow" }),
    ],
    ["more data than declared", npyBytes(npyHeader("<f4", "(1,)"), 8), corrupt({ says: "One array a file" })],
    [
      "a product that overflows",
      npyBytes(npyHeader("<f4", "(4294967296, 4294967296)")),
      corrupt({ says: "more elements" }),
    ],
    ["a size above 2^53", npyBytes(npyHeader("<f4", "(9007199254740993,)")), corrupt({ says: "whole number" })],
    ["a negative size", npyBytes(npyHeader("<f4", "(-1,)"), 4), corrupt({ says: "whole number" })],
    ["a size that is text", npyBytes(npyHeader("<f4", "('2',)"), 8), corrupt({ says: "no shape" })],
    ["a number for a shape", npyBytes(npyHeader("<f4", "(2)"), 8), corrupt({ says: "no shape" })],
    ["too many axes", npyBytes(npyHeader("<f4", `(${"1,".repeat(65)})`), 4), corrupt({ says: "65 axes" })],
    ["a type that is none", npyBytes(npyHeader("float32", "(2,)"), 8), corrupt({ says: "no descr" })],
    [
      "a key twice",
      npyBytes("{'descr':'<f4','descr':'<f8','fortran_order':False,'shape':()}"),
      corrupt({ byte: v1 + 15 }),
    ],
    [
      "a key too many",
      npyBytes("{'descr':'<f4','x':1,'fortran_order':False,'shape':()}", 4),
      corrupt({ byte: v1 + 15 }),
    ],
    ["no shape", npyBytes("{'descr':'<f4','fortran_order':False}"), corrupt({ says: "no shape" })],
    ["no order", npyBytes("{'descr':'<f4','shape':(1,)}", 4), corrupt({ says: "no fortran_order" })],
    [
      "an order of 1",
      npyBytes("{'descr':'<f4','fortran_order':1,'shape':(1,)}", 4),
      corrupt({ says: "fortran_order" }),
    ],
    ["a list for the dictionary", npyBytes("[1, 2]"), corrupt({ byte: v1, says: "not a dictionary" })],
    ["code", npyBytes("__import__('os').system('true')"), corrupt({ byte: v1, says: "malformed" })],
    ["an expression", npyBytes(npyHeader("<f4", "(1+1,)"), 8), corrupt({ says: "malformed" })],
    ["a power", npyBytes(npyHeader("<f4", "(9**9**9,)"), 8), corrupt({ says: "malformed" })],
    ["a string that stops", npyBytes("{'descr"), corrupt({ byte: v1 + 1, says: "does not end" })],
    ["something behind", npyBytes(`${npyHeader("<f4", "(1,)")} x`, 4), corrupt({ says: "expected the end" })],
    ["deep nesting", npyBytes("(".repeat(60_000)), corrupt({ says: "nested more than 16 deep" })],
    ["a header that is nothing", npyBytes(""), corrupt({ says: "malformed" })],
    ["a version from the future", npyBytes("{}").fill(9, 6, 7), corrupt({ byte: 6, says: "version 9.0" })],
    ["a header that is not UTF-8", npyBytes("{'descr': '<f4'}", 0, 3).fill(0xff, 20, 21), corrupt({ says: "UTF-8" })],
  ];

  it.each(cases)("%s", async (_, bytes, wanted) => {
    await expectRefused(bytes, { ...wanted, tensor: "layers.bin" });
  });

  it("a header of gigabytes is refused before anything is allocated for it", async () => {
    const bytes = npyBytes(npyHeader("<f4", "(1,)"), 4, 2);
    bytes.writeUInt32LE(0xffffffff, 8);
    const source = new MemorySource(bytes, "huge", 2 ** 40);
    await expectFileError(openSource(source), "huge", { code: "CORRUPT_FILE", byte: 8, says: "4294967295" });
    expect(source.largestTarget).toBeLessThanOrEqual(262);
  });

  it("a shape of terabytes in a small file is refused before anything is allocated for it", async () => {
    const source = new MemorySource(npyBytes(npyHeader("<f8", "(1000000, 1000000)"), 64));
    await expectFileError(openSource(source), "layers.bin", { code: "CORRUPT_FILE" });
    expect(source.largestTarget).toBeLessThanOrEqual(262);
  });

  it("the memory for a tensor that the file really has, but the machine has not, is an error of the machine", async () => {
    const elements = 2 ** 49;
    const bytes = npyBytes(npyHeader("<f8", `(${elements},)`));
    const file = await openSource(new MemorySource(bytes, "sparse", bytes.length + 8 * elements));
    expect(await rejection(file.read("sparse"))).toMatchObject({
      code: "OUT_OF_MEMORY",
      details: { tensor: "sparse" },
    });
  });
});
