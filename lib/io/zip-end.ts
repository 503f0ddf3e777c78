import { type ByteSource, readFully } from "./byte-source.ts";
import { corruptFile } from "./file-error.ts";
import { maxTensors, maxZipDirectory } from "./limits.ts";
import type { ReadOptions } from "./tensor-file.ts";

const endSize = 22;
const endSignature = 0x06054b50;
const longestComment = 0xffff;
const locatorSize = 20;
const locatorSignature = 0x07064b50;
const end64Size = 56;
const end64Signature = 0x06064b50;

/** Where the directory of an archive lies, and how many entries it has. */
export interface ZipEnd {
  readonly entries: number;
  readonly offset: number;
  readonly size: number;
}

interface End extends ZipEnd {
  /** First byte of the record that says so: the directory must end before it. */
  readonly record: number;
}

/** The end record is the last thing in the file but for a comment, whose length it tells. */
function findEnd(tail: Buffer): number | null {
  for (let at = tail.length - endSize; at >= 0; at--) {
    if (tail.readUInt32LE(at) === endSignature && at + endSize + tail.readUInt16LE(at + 20) === tail.length) return at;
  }
  return null;
}

async function readEnd64(source: ByteSource, locator: Buffer, before: number, options: ReadOptions): Promise<End> {
  const record = locator.readBigUInt64LE(8);
  if (record + BigInt(end64Size) > BigInt(before)) {
    const problem = `the ZIP64 end record is said to be at byte ${record}, beyond what comes after it.`;
    throw corruptFile({ file: source.path, byte: before }, problem);
  }
  const at = Number(record);
  const bytes = Buffer.alloc(end64Size);
  await readFully(source, bytes, at, options);
  if (bytes.readUInt32LE(0) !== end64Signature) {
    throw corruptFile(
      { file: source.path, byte: at },
      "there is no ZIP64 end record here, though the archive points to it.",
    );
  }
  // As Numbers these may lose low bits above 2^53; the range checks that follow refuse all such values.
  return {
    record: at,
    entries: Number(bytes.readBigUInt64LE(32)),
    size: Number(bytes.readBigUInt64LE(40)),
    offset: Number(bytes.readBigUInt64LE(48)),
  };
}

/** Finds the directory of a ZIP archive (PKWARE APPNOTE 6.3, sections 4.3.14 to 4.3.16) and checks that it can be there. */
export async function readZipEnd(source: ByteSource, options: ReadOptions): Promise<ZipEnd> {
  const file = source.path;
  const tailStart = Math.max(0, source.size - endSize - longestComment);
  const tail = Buffer.alloc(source.size - tailStart);
  await readFully(source, tail, tailStart, options);
  const found = findEnd(tail);
  if (found === null) {
    const problem = "the archive has no end record: it is cut short or is no ZIP archive.";
    throw corruptFile({ file, byte: source.size }, problem);
  }

  let end: End = {
    record: tailStart + found,
    entries: tail.readUInt16LE(found + 10),
    size: tail.readUInt32LE(found + 12),
    offset: tail.readUInt32LE(found + 16),
  };
  if (tail.readUInt16LE(found + 4) !== 0 && tail.readUInt16LE(found + 4) !== 0xffff) {
    throw corruptFile({ file, byte: end.record }, "the archive is one part of several; join them first.");
  }
  const locatorStart = end.record - locatorSize;
  if (locatorStart >= 0) {
    const locator = Buffer.alloc(locatorSize);
    await readFully(source, locator, locatorStart, options);
    if (locator.readUInt32LE(0) === locatorSignature) end = await readEnd64(source, locator, locatorStart, options);
  }

  if (end.offset + end.size > end.record) {
    const problem = `the directory is said to be ${end.size} bytes at byte ${end.offset}, which is not before its end record.`;
    throw corruptFile({ file, byte: end.record }, problem);
  }
  if (end.size > maxZipDirectory || end.entries > maxTensors) {
    const problem = `the directory has ${end.entries} entries in ${end.size} bytes; ${maxTensors} in ${maxZipDirectory} are read.`;
    throw corruptFile({ file, byte: end.record }, problem);
  }
  return end;
}
