import { deflateRawSync } from "node:zlib";

import { describe, expect, it } from "vitest";

import { openSource } from "../../lib/io/open.ts";
import { expectFileError, expectRefused, rejection, type Wanted } from "./support/expect-file-error.ts";
import { MemorySource } from "./support/memory-source.ts";
import { npyBytes, npyHeader } from "./support/npy-bytes.ts";
import { openBytes } from "./support/open-bytes.ts";
import { zipBytes, type ZipMember } from "./support/zip-bytes.ts";

const three = npyBytes(npyHeader("<f4", "(3,)"), Buffer.from(new Float32Array([1, 2, 3]).buffer));

function member(name: string, more: Partial<ZipMember> = {}): ZipMember {
  return { name, data: three, ...more };
}

describe("a .npz file", () => {
  it.each([
    ["stored", zipBytes([member("a.npy")])],
    ["compressed", zipBytes([member("a.npy", { deflate: true })])],
    ["with ZIP64 sizes", zipBytes([member("a.npy", { zip64: true })])],
    ["with a ZIP64 end record", zipBytes([member("a.npy", { zip64: true, deflate: true })], { zip64: true })],
    ["with a comment", zipBytes([member("a.npy")], { comment: "PK\u0005\u0006 is not the end" })],
    ["with other files", zipBytes([{ name: "read.me", data: Buffer.from("hello") }, member("a.npy")])],
  ])("is read when it is %s", async (_, bytes) => {
    const file = await openBytes(bytes);
    expect(file.format).toBe("npz");
    expect(file.tensors.map(({ name }) => name)).toEqual(["a"]);
    expect(await file.read("a")).toEqual({ dtype: "f32", shape: [3], data: new Float32Array([1, 2, 3]) });
    // Twice, and side by side, for a stream is used once.
    const [x, y] = await Promise.all([file.read("a"), file.read("a")]);
    expect(x.data).toEqual(y.data);
    expect(x.data.buffer).not.toBe(y.data.buffer);
  });

  it("takes names as labels, wherever they seem to lead", async () => {
    const names = ["../../etc/passwd", "/absolute", "C:\\windows", "a\u0000b", "über"];
    const file = await openBytes(zipBytes(names.map((name) => member(`${name}.npy`))));
    expect(file.tensors.map(({ name }) => name)).toEqual(names);
    expect((await file.read("../../etc/passwd")).data).toHaveLength(3);
  });

  it("may be compressed far, and large entries are inflated in steps that an abort interrupts", async () => {
    const count = 4 * 2 ** 20;
    const data = npyBytes(npyHeader("<f4", `(${count},)`), 4 * count);
    const source = new MemorySource(zipBytes([{ name: "zeros.npy", data, deflate: true }]));
    expect(source.size).toBeLessThan(20_000);
    const file = await openSource(source);
    const { data: zeros } = await file.read("zeros");
    expect(zeros).toHaveLength(count);
    expect(zeros.every((value) => value === 0)).toBe(true);

    const controller = new AbortController();
    const reason = new Error("enough");
    const reading = file.read("zeros", { signal: controller.signal });
    setImmediate(() => controller.abort(reason));
    expect(await rejection(reading)).toBe(reason);
  });

  it("of PyTorch is recognised by its pickle and refused with how to convert it", async () => {
    const bytes = zipBytes([
      { name: "archive/data.pkl", data: Buffer.from([0x80, 2]) },
      { name: "archive/data/0", data: Buffer.alloc(8) },
    ]);
    const error = await expectRefused(bytes, { code: "UNSUPPORTED_FORMAT" }, "runs/it's layers.pt");
    expect(error.message).toContain("torch.load('it\\'s layers.pt', weights_only=True)");
    expect(error.message).toContain("'it\\'s layers.safetensors'");
  });

  it("without arrays is not a file of tensors", async () => {
    const bytes = zipBytes([{ name: "word/document.xml", data: Buffer.from("<x/>") }]);
    await expectRefused(bytes, { code: "UNSUPPORTED_FORMAT", says: "1 files, but none" });
    await expectRefused(zipBytes([]), { code: "UNSUPPORTED_FORMAT", says: "0 files" });
  });
});

describe("an archive that lies", () => {
  const corrupt = (wanted: Omit<Wanted, "code">): Wanted => ({ code: "CORRUPT_FILE", ...wanted });
  const unsupported = (wanted: Omit<Wanted, "code">): Wanted => ({ code: "UNSUPPORTED_FORMAT", ...wanted });
  const localSize = 30 + "a.npy".length + three.length;
  const cut = three.subarray(0, -4);

  const cases: [string, Buffer, Wanted][] = [
    ["a name twice", zipBytes([member("a.npy"), member("a.npy")]), corrupt({ tensor: "a.npy", says: "two entries" })],
    [
      "two entries in one place",
      zipBytes([member("a.npy"), member("a.npy", { claim: { name: "b.npy", headerOffset: 0 } })]),
      corrupt({ tensor: "b.npy", says: "different names" }),
    ],
    [
      "an entry within another",
      // The outer entry's data are an array whose own bytes hold a whole entry.
      (() => {
        const inner = zipBytes([member("b.npy")]).subarray(0, localSize);
        const outer = npyBytes(npyHeader("|u1", `(${inner.length},)`), inner);
        const headerOffset = 30 + "a.npy".length + outer.length - inner.length;
        return zipBytes([
          { name: "a.npy", data: outer },
          { name: "x.npy", data: three, claim: { name: "b.npy", headerOffset } },
        ]);
      })(),
      corrupt({ tensor: "b.npy", says: "overlaps" }),
    ],
    [
      "an offset beyond the file",
      zipBytes([member("a.npy", { claim: { headerOffset: 2 ** 31 } })]),
      corrupt({ tensor: "a.npy", byte: localSize }),
    ],
    [
      "an offset of 2^63",
      zipBytes([member("a.npy", { zip64: true, claim: { headerOffset: 2 ** 63 } })]),
      corrupt({ tensor: "a.npy", says: "not before the directory" }),
    ],
    [
      "an offset to somewhere else",
      zipBytes([member("a.npy", { claim: { headerOffset: 4 } })]),
      corrupt({ tensor: "a.npy", byte: 4, says: "no entry here" }),
    ],
    [
      "another name in the entry",
      zipBytes([member("a.npy", { claim: { name: "b.npy" } })]),
      corrupt({ tensor: "b.npy", says: "different names" }),
    ],
    ["an encrypted entry", zipBytes([member("a.npy", { claim: { flags: 1 } })]), unsupported({ says: "encrypted" })],
    [
      "LZMA",
      zipBytes([member("a.npy", { claim: { method: 14 } })]),
      unsupported({ tensor: "a.npy", says: "method 14" }),
    ],
    [
      "a stored entry of two sizes",
      zipBytes([member("a.npy", { claim: { size: three.length + 4 } })]),
      corrupt({ tensor: "a.npy", says: "cannot give that" }),
    ],
    [
      "a size that no compression reaches",
      zipBytes([member("a.npy", { deflate: true, zip64: true, claim: { size: 2 ** 40 } })]),
      corrupt({ tensor: "a.npy", says: "cannot give that" }),
    ],
    [
      "an entry that is no array",
      zipBytes([{ name: "a.npy", data: Buffer.from("not an array at all") }]),
      corrupt({ tensor: "a", byte: 35, says: "not the first bytes" }),
    ],
    [
      "an entry that is empty",
      zipBytes([{ name: "a.npy", data: Buffer.alloc(0) }]),
      corrupt({ tensor: "a", says: "cut short" }),
    ],
    [
      "an array that is cut short",
      zipBytes([{ name: "a.npy", data: cut }]),
      corrupt({ tensor: "a", says: "needs 12 bytes, but 8 follow" }),
    ],
    [
      "garbage instead of compressed bytes",
      zipBytes([member("a.npy", { deflate: true, compressed: Buffer.alloc(80, 0xff) })]),
      corrupt({ tensor: "a", byte: 35, says: "damaged" }),
    ],
    ["too many entries said", zipBytes([member("a.npy")], { entries: 2 }), corrupt({ says: "has 1 entries" })],
    ["too few entries said", zipBytes([member("a.npy"), member("b.npy")], { entries: 1 }), corrupt({ says: "says 1" })],
    [
      "a directory elsewhere",
      zipBytes([member("a.npy")], { directoryOffset: 3 }),
      corrupt({ byte: 3, says: "record" }),
    ],
    [
      "a directory beyond the end",
      zipBytes([member("a.npy")], { directoryOffset: 2 ** 31 }),
      corrupt({ says: "not before its end record" }),
    ],
    [
      "a directory that is longer than it is",
      zipBytes([member("a.npy")], { directorySize: 60 }),
      corrupt({ says: "not before its end record" }),
    ],
    ["a directory that is cut", zipBytes([member("a.npy")], { directorySize: 50 }), corrupt({ says: "cut short" })],
    [
      "a ZIP64 end record beyond the end",
      zipBytes([member("a.npy")], { zip64: 2 ** 50 }),
      corrupt({ says: "ZIP64 end record" }),
    ],
    ["a ZIP64 end record elsewhere", zipBytes([member("a.npy")], { zip64: 1 }), corrupt({ byte: 1, says: "ZIP64" })],
    ["no end", zipBytes([member("a.npy")]).subarray(0, -1), corrupt({ says: "no end record" })],
  ];

  it.each(cases)("%s", async (_, bytes, wanted) => {
    await expectRefused(bytes, wanted);
  });

  it.each([
    ["damaged data, stored", zipBytes([member("a.npy", { claim: { crc: 1 } })]), "CRC-32"],
    ["damaged data, compressed", zipBytes([member("a.npy", { deflate: true, claim: { crc: 1 } })]), "CRC-32"],
    [
      "an entry that inflates to less than it says",
      zipBytes([member("a.npy", { deflate: true, compressed: deflateRawSync(cut) })]),
      `${three.length} bytes were declared`,
    ],
    [
      "an entry that inflates to more than it says",
      zipBytes([member("a.npy", { deflate: true, compressed: deflateRawSync(Buffer.concat([three, three])) })]),
      "the entry goes on",
    ],
    [
      "compressed bytes that are cut",
      zipBytes([member("a.npy", { deflate: true, compressed: deflateRawSync(three).subarray(0, -6) })]),
      /damaged or cut short|declared/,
    ],
  ])("%s is found when the tensor is read", async (_, bytes, says) => {
    const file = await openBytes(bytes);
    await expectFileError(file.read("a"), "layers.bin", { code: "CORRUPT_FILE", tensor: "a", byte: 35, says });
  });

  it("a bomb is not unpacked: inflation stops where the array ends", async () => {
    // 256 MiB of zeros behind an array of three numbers, in 260 kB.
    const bomb = deflateRawSync(Buffer.concat([three, Buffer.alloc(256 * 2 ** 20)]), { level: 1 });
    const source = new MemorySource(zipBytes([member("a.npy", { deflate: true, compressed: bomb })]));
    const file = await openSource(source);
    source.reads.length = 0;
    await expectFileError(file.read("a"), "layers.bin", { code: "CORRUPT_FILE", tensor: "a", says: "goes on" });
    // A step of compressed bytes for the array and at most two that were read ahead.
    const read = source.reads.reduce((sum, [, length]) => sum + length, 0);
    expect(read).toBeLessThanOrEqual(3 * 256 * 1024);
  });

  it("a directory of gigabytes is refused before anything is allocated for it", async () => {
    const bytes = zipBytes([member("a.npy")]);
    bytes.writeUInt32LE(100 * 2 ** 20, bytes.length - 22 + 12);
    bytes.writeUInt32LE(0, bytes.length - 22 + 16);
    const padded = Buffer.concat([bytes.subarray(0, -22), Buffer.alloc(2 ** 20), bytes.subarray(-22)]);
    const source = new MemorySource(padded, "huge", padded.length);
    await expectFileError(openSource(source), "huge", { code: "CORRUPT_FILE" });
    expect(source.largestTarget).toBeLessThanOrEqual(65_535 + 22);
  });
});
