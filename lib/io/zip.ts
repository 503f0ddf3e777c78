import { type ByteSource, readFully } from "./byte-source.ts";
import { corruptFile } from "./file-error.ts";
import { maxNameLength } from "./limits.ts";
import type { ReadOptions } from "./tensor-file.ts";
import { readZipEnd } from "./zip-end.ts";
import { entryName, type ZipEntry } from "./zip-entry.ts";

const recordSize = 46;
const recordSignature = 0x02014b50;
const localSize = 30;
const localSignature = 0x04034b50;
const zip64Extra = 0x0001;
const inExtra = 0xffffffff;

/** The fields that a 32-bit record leaves to its ZIP64 extra field, in the order in which they stand there. */
function zip64Values(extra: Buffer, fields: readonly number[]): number[] | null {
  const values = [...fields];
  if (!values.includes(inExtra)) return values;
  for (let at = 0; at + 4 <= extra.length;) {
    const length = extra.readUInt16LE(at + 2);
    const body = extra.subarray(at + 4, at + 4 + length);
    if (extra.readUInt16LE(at) === zip64Extra) {
      let from = 0;
      for (const [k, value] of values.entries()) {
        if (value !== inExtra) continue;
        if (from + 8 > body.length) return null;
        // Above 2^53 low bits are lost, but such values are far beyond any file and are refused as such.
        values[k] = Number(body.readBigUInt64LE(from));
        from += 8;
      }
      return values;
    }
    at += 4 + length;
  }
  return null;
}

/**
 * Reads the directory of a ZIP archive: PKWARE APPNOTE 6.3, section 4.3.12, with ZIP64. Sizes are taken from the directory only; what
 * the entries' own headers say is checked by {@link locateEntry}.
 */
export async function readZipDirectory(source: ByteSource, options: ReadOptions = {}): Promise<ZipEntry[]> {
  const file = source.path;
  const end = await readZipEnd(source, options);
  const directory = Buffer.alloc(end.size);
  await readFully(source, directory, end.offset, options);

  const entries: ZipEntry[] = [];
  const names = new Set<string>();
  let at = 0;
  while (at < directory.length) {
    const recordOffset = end.offset + at;
    const record = directory.subarray(at);
    if (record.length < recordSize || record.readUInt32LE(0) !== recordSignature) {
      throw corruptFile(
        { file, byte: recordOffset },
        "there is no directory record here, though the directory goes on.",
      );
    }
    const nameEnd = recordSize + record.readUInt16LE(28);
    const extraEnd = nameEnd + record.readUInt16LE(30);
    const next = extraEnd + record.readUInt16LE(32);
    if (next > record.length) throw corruptFile({ file, byte: recordOffset }, "this directory record is cut short.");
    const name = entryName(record.subarray(recordSize, nameEnd));
    if (name.length > maxNameLength) {
      throw corruptFile({ file, byte: recordOffset }, `an entry's name is longer than ${maxNameLength} characters.`);
    }
    if (names.has(name)) throw corruptFile({ file, tensor: name, byte: recordOffset }, "two entries have this name.");
    names.add(name);

    const fields = [record.readUInt32LE(24), record.readUInt32LE(20), record.readUInt32LE(42)];
    const [size, compressedSize, headerOffset] = zip64Values(record.subarray(nameEnd, extraEnd), fields) ?? [];
    if (size === undefined || compressedSize === undefined || headerOffset === undefined) {
      throw corruptFile({ file, tensor: name, byte: recordOffset }, "the ZIP64 sizes of this entry are missing.");
    }
    if (headerOffset + localSize + compressedSize > end.offset) {
      const problem = `the entry is said to be ${compressedSize} bytes at byte ${headerOffset}, which is not before the directory.`;
      throw corruptFile({ file, tensor: name, byte: recordOffset }, problem);
    }
    const flags = record.readUInt16LE(8);
    const method = record.readUInt16LE(10);
    const crc = record.readUInt32LE(16);
    entries.push({
      name,
      flags,
      method,
      crc,
      compressedSize,
      size,
      headerOffset,
      recordOffset,
      directoryOffset: end.offset,
    });
    at += next;
  }
  if (entries.length !== end.entries) {
    const problem = `the directory has ${entries.length} entries, but its end record says ${end.entries}.`;
    throw corruptFile({ file, byte: end.offset }, problem);
  }
  return entries;
}

/** Finds the first byte of an entry's data, behind its own header, which must agree with the directory. */
export async function locateEntry(source: ByteSource, entry: ZipEntry, options: ReadOptions = {}): Promise<number> {
  const { name, headerOffset, method, compressedSize } = entry;
  const at = { file: source.path, tensor: name, byte: headerOffset };
  const header = Buffer.alloc(localSize);
  await readFully(source, header, headerOffset, { ...options, tensor: name });
  if (header.readUInt32LE(0) !== localSignature)
    throw corruptFile(at, "there is no entry here, though the directory says so.");
  if (header.readUInt16LE(8) !== method)
    throw corruptFile(at, "the entry and the directory name different compressions.");
  const nameLength = header.readUInt16LE(26);
  const dataStart = headerOffset + localSize + nameLength + header.readUInt16LE(28);
  // The directory's own claim was checked without the lengths that only stand here.
  if (dataStart + compressedSize > entry.directoryOffset) throw corruptFile(at, "the entry runs into the directory.");
  const ownName = Buffer.alloc(nameLength);
  await readFully(source, ownName, headerOffset + localSize, { ...options, tensor: name });
  if (entryName(ownName) !== name) throw corruptFile(at, "the entry and the directory give different names.");
  return dataStart;
}
