import { readFileSync } from "node:fs";
import { deflateRawSync } from "node:zlib";

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { bytesPerElement } from "../../lib/dtype.ts";
import { FileError } from "../../lib/errors.ts";
import { openSource } from "../../lib/io/open.ts";
import type { TensorFile } from "../../lib/io/tensor-file.ts";
import { MemorySource } from "./support/memory-source.ts";
import { npyBytes, npyHeader } from "./support/npy-bytes.ts";
import { safetensorsBytes } from "./support/safetensors-bytes.ts";
import { zipBytes } from "./support/zip-bytes.ts";

const seed = 20_260_101;

function fixture(name: string): Buffer {
  return readFileSync(new URL(`fixtures/${name}`, import.meta.url));
}

const safetensors = safetensorsBytes(
  '{"__metadata__":{"a":"b"},"x.0":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},' +
    '"x.1":{"dtype":"BF16","shape":[4],"data_offsets":[24,32]},"n":{"dtype":"I64","shape":[1],"data_offsets":[32,40]}}  ',
  Buffer.alloc(40, 1),
);

// What is broken: files of every format and variant, the smaller the better, for then more of the breaks meet a header.
const seeds: Buffer[] = [
  safetensors,
  npyBytes(npyHeader("<f4", "(2, 3)"), 24),
  npyBytes(npyHeader(">f2", "(2, 3)", true), 12, 2),
  npyBytes(npyHeader("<f8", "(3,)"), 24, 3),
  zipBytes([{ name: "a.npy", data: npyBytes(npyHeader("<f4", "(2, 3)"), 24) }]),
  zipBytes([{ name: "a.npy", data: npyBytes(npyHeader("<f4", "(64,)"), 256), deflate: true }]),
  zipBytes([{ name: "a.npy", data: npyBytes(npyHeader("<f8", "(2,)"), 16), zip64: true }], { zip64: true }),
  fixture("stored.npz"),
  fixture("compressed.npz"),
  fixture("piped.npz"),
  fixture("records.npy"),
];

interface Mutation {
  readonly at: number;
  readonly kind: "flip" | "set" | "wide" | "remove" | "insert";
  readonly value: number;
}

/** Values that stand at the edges of what fields can hold. */
const edges = [0, 1, 0x7f, 0x80, 0xff];

const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  kind: fc.constantFrom("flip", "set", "wide", "remove", "insert"),
  value: fc.oneof(
    fc.constantFrom(...edges),
    fc.integer({ min: 0, max: 255 }),
    fc.constantFrom(...Buffer.from('0919{}[]",:')),
  ),
});

function mutated(bytes: Buffer, { at, kind, value }: Mutation): Buffer {
  const position = Math.floor(at * bytes.length);
  const before = bytes.subarray(0, position);
  if (kind === "remove") return Buffer.concat([before, bytes.subarray(position + 1 + (value % 8))]);
  if (kind === "insert") return Buffer.concat([before, Buffer.alloc(1 + (value % 8), value), bytes.subarray(position)]);
  const copy = Buffer.from(bytes);
  if (kind === "flip") copy[position] = (copy[position] ?? 0) ^ (1 << (value % 8));
  else if (kind === "set") copy[position] = value;
  else copy.fill(value, position, Math.min(position + 4, copy.length));
  return copy;
}

/** What a sound file promises, whatever it holds. */
async function checkFile(file: TensorFile, source: MemorySource): Promise<void> {
  expect(new Set(file.tensors.map(({ name }) => name)).size).toBe(file.tensors.length);
  for (const { name, dtype, shape, byteOffset, byteLength } of file.tensors) {
    expect(byteOffset).toBeLessThanOrEqual(source.size);
    // What is stored lies in the file; DEFLATE grows nothing by more than 1032 times.
    expect(byteLength).toBeLessThanOrEqual((source.size + 1) * 1032);
    if (dtype === null) continue;
    const count = shape.reduce((product, size) => product * size, 1);
    expect(count * bytesPerElement[dtype]).toBe(byteLength);
    const read = await file.read(name);
    expect(read.data.length).toBe(count);
    expect(read.data.buffer.byteLength).toBe(byteLength);
  }
}

/** Null when the file was read as what it says it is, else the error that it was refused with. */
async function refusal(source: MemorySource): Promise<unknown> {
  try {
    await checkFile(await openSource(source), source);
    return null;
  } catch (error) {
    return error;
  }
}

/** The bytes are either refused with a FileError or read as what they say. Returns whether they were read. */
async function survives(bytes: Buffer): Promise<boolean> {
  const source = new MemorySource(bytes);
  const error = await refusal(source);
  // No buffer that was read into is larger than what the file can fill.
  expect(source.largestTarget).toBeLessThanOrEqual(Math.max(2 ** 20, bytes.length * 1032));
  if (error === null) return true;
  if (!(error instanceof FileError)) throw error;
  expect(error.code).toMatch(/^(CORRUPT_FILE|UNSUPPORTED_FORMAT)$/);
  expect(error.details.file).toBe(source.path);
  return false;
}

describe("broken files are refused with a FileError or read, and never ask for more than they hold", () => {
  it("whole ones are read", async () => {
    for (const bytes of seeds) expect(await survives(bytes)).toBe(true);
  });

  it("truncated and continued", async () => {
    const property = fc.asyncProperty(
      fc.constantFrom(...seeds),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.uint8Array({ maxLength: 16 }),
      async (bytes, part, more) => {
        await survives(Buffer.concat([bytes.subarray(0, Math.floor(part * bytes.length)), more]));
      },
    );
    await fc.assert(property, { seed, numRuns: 1000 });
  });

  it("with bytes flipped, set, removed and inserted", async () => {
    const property = fc.asyncProperty(
      fc.constantFrom(...seeds),
      fc.array(mutation, { minLength: 1, maxLength: 4 }),
      async (bytes, mutations) => {
        await survives(mutations.reduce(mutated, bytes));
      },
    );
    await fc.assert(property, { seed, numRuns: 4000 });
  });

  it("with compressed bytes of any kind", async () => {
    const data = npyBytes(npyHeader("<f4", "(64,)"), 256);
    const property = fc.asyncProperty(
      fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        fc.array(mutation, { minLength: 1, maxLength: 3 }).map((list) => list.reduce(mutated, deflateRawSync(data))),
      ),
      async (compressed) => {
        await survives(zipBytes([{ name: "a.npy", data, deflate: true, compressed }]));
      },
    );
    await fc.assert(property, { seed, numRuns: 500 });
  });

  it("with a header of any JSON", async () => {
    const json = fc.json({ maxDepth: 3 });
    const size = fc.oneof(fc.nat(4), fc.constantFrom(2 ** 32, 2 ** 53, -1, 0.5));
    const entry = fc.record(
      {
        dtype: fc.constantFrom("F32", "F16", "I8", "F4", "new"),
        shape: fc.array(size, { maxLength: 3 }),
        data_offsets: fc.array(size, { minLength: 1, maxLength: 3 }),
      },
      { requiredKeys: ["dtype"] },
    );
    const entries = fc
      .dictionary(fc.string({ maxLength: 3 }), entry, { maxKeys: 3 })
      .map((value) => JSON.stringify(value));
    const property = fc.asyncProperty(fc.oneof(json, entries), fc.nat(16), async (header, length) => {
      await survives(safetensorsBytes(header, length));
    });
    await fc.assert(property, { seed, numRuns: 1500 });
  });

  it("with a header of any Python-like text", async () => {
    const piece = fc.constantFrom(
      ..."{}()[],:'\"\\ \n",
      "'descr'",
      "'fortran_order'",
      "'shape'",
      "'<f4'",
      "True",
      "False",
      "None",
      "0",
      "3",
      "-1",
      "9".repeat(20),
      "1e3",
    );
    const value = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
    const header = fc
      .tuple(value, value, value)
      .map(([a, b, c]) => `{'descr': ${a || "'<f4'"}, 'fortran_order': ${b || "False"}, 'shape': ${c || "(2,)"}}`);
    const property = fc.asyncProperty(fc.oneof(value, header), fc.constantFrom(1, 2, 3), async (text, version) => {
      await survives(npyBytes(text, 8, version as 1 | 2 | 3));
    });
    await fc.assert(property, { seed, numRuns: 1500 });
  });
});
