import type { ByteSource } from "./byte-source.ts";
import { type ByteStream, SectionStream } from "./byte-stream.ts";
import { corruptFile, fileError, unsupportedFormat } from "./file-error.ts";
import { InflateStream } from "./inflate-stream.ts";
import { maxInflation } from "./limits.ts";
import { inspectNpy, type NpyTensor, readNpy } from "./npy.ts";
import { pickleProblem } from "./foreign-format.ts";
import type { ReadOptions, TensorData, TensorFile, TensorInfo } from "./tensor-file.ts";
import { locateEntry, readZipDirectory } from "./zip.ts";
import type { ZipEntry } from "./zip-entry.ts";

const ending = ".npy";
const stored = 0;
const deflated = 8;
const encryptedFlag = 1;

/** An open .npz file: a ZIP archive of .npy files, as numpy.savez and numpy.savez_compressed write it. */
class NpzFile implements TensorFile {
  readonly format = "npz";
  readonly path: string;
  readonly tensors: readonly TensorInfo[];
  readonly metadata: ReadonlyMap<string, string> = new Map();
  readonly #source: ByteSource;
  readonly #byName: ReadonlyMap<string, NpyTensor>;

  constructor(source: ByteSource, tensors: readonly NpyTensor[]) {
    this.path = source.path;
    this.tensors = tensors;
    this.#source = source;
    this.#byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  }

  async read(name: string, options: ReadOptions = {}): Promise<TensorData> {
    return await readNpy(this.path, this.#byName, name, options.signal);
  }

  async close(): Promise<void> {
    await this.#source.close();
  }
}

/** Refuses what cannot be unpacked, and sizes that the compressed bytes cannot honestly inflate to. */
function checkEntry(file: string, entry: ZipEntry): void {
  const at = { file, tensor: entry.name, byte: entry.recordOffset };
  if ((entry.flags & encryptedFlag) !== 0) throw fileError("UNSUPPORTED_FORMAT", at, "the entry is encrypted.");
  if (entry.method !== stored && entry.method !== deflated) {
    const problem = `the entry is compressed by method ${entry.method}; stored (0) and DEFLATE (8) entries are read.`;
    throw fileError("UNSUPPORTED_FORMAT", at, problem);
  }
  const most = entry.method === stored ? entry.compressedSize : (entry.compressedSize + 1) * maxInflation;
  if (entry.size > most || (entry.method === stored && entry.size !== entry.compressedSize)) {
    const problem = `the entry is said to hold ${entry.size} bytes, but ${entry.compressedSize} in the file cannot give that.`;
    throw corruptFile(at, problem);
  }
}

/** Entries that share bytes are how a small archive unpacks to an enormous one. */
function checkOverlap(file: string, entries: readonly (ZipEntry & { readonly dataStart: number })[]): void {
  let previousEnd = 0;
  for (const entry of [...entries].sort((a, b) => a.headerOffset - b.headerOffset)) {
    if (entry.headerOffset < previousEnd) {
      const at = { file, tensor: entry.name, byte: entry.headerOffset };
      throw corruptFile(at, "the entry overlaps the one before it.");
    }
    previousEnd = entry.dataStart + entry.compressedSize;
  }
}

/** Reads the archive's directory and the header of every array. The source is the file's from then on. */
export async function openNpz(source: ByteSource, options: ReadOptions = {}): Promise<TensorFile> {
  const file = source.path;
  const all = await readZipDirectory(source, options);
  if (all.some(({ name }) => name === "data.pkl" || name.endsWith("/data.pkl"))) {
    throw unsupportedFormat(file, pickleProblem(file));
  }
  const arrays = all.filter(({ name }) => name.endsWith(ending));
  if (arrays.length === 0) {
    const problem = `it is a ZIP archive of ${all.length} files, but none of them is a .npy array as numpy.savez writes them.`;
    throw unsupportedFormat(file, problem);
  }
  const located: (ZipEntry & { readonly dataStart: number })[] = [];
  for (const entry of arrays) {
    checkEntry(file, entry);
    located.push({ ...entry, dataStart: await locateEntry(source, entry, options) });
  }
  checkOverlap(file, located);

  const tensors: NpyTensor[] = [];
  for (const entry of located) {
    const { method, crc, dataStart: start, compressedSize: compressedLength, size: length } = entry;
    const tensor = entry.name.slice(0, -ending.length);
    const open = (): ByteStream =>
      method === stored
        ? new SectionStream(source, { start, length, tensor, crc })
        : new InflateStream(source, { start, compressedLength, length, tensor, crc });
    tensors.push(await inspectNpy(tensor, open, { start, stored: method === stored }, options.signal));
  }
  return new NpzFile(source, tensors);
}
