import { basename } from "node:path";

import type { ByteSource } from "./byte-source.ts";
import { type ByteStream, SectionStream } from "./byte-stream.ts";
import { findTensor } from "./find-tensor.ts";
import { type NpyHeader, readNpyHeader } from "./npy-header.ts";
import { readElements } from "./read-elements.ts";
import type { ReadOptions, TensorData, TensorFile, TensorInfo } from "./tensor-file.ts";

/** A NumPy array in a file of its own or in an archive: what is known of it, and how its bytes are reached. */
export interface NpyTensor extends TensorInfo {
  readonly header: NpyHeader;
  /** A new stream of the whole array, header included. */
  open(): ByteStream;
}

/** Reads the header of the array that `open` gives. `start` is the array's first byte in the file, `stored` whether it lies there as it is. */
export async function inspectNpy(
  name: string,
  open: () => ByteStream,
  place: { readonly start: number; readonly stored: boolean },
  signal?: AbortSignal,
): Promise<NpyTensor> {
  const stream = open();
  try {
    const header = await readNpyHeader(stream, signal);
    const byteOffset = place.stored ? place.start + header.headerBytes : place.start;
    const { type, shape, dataBytes } = header;
    return { name, dtype: type.dtype, fileDtype: type.text, shape, byteOffset, byteLength: dataBytes, header, open };
  } finally {
    stream.close();
  }
}

/** The array of that name among those of a file, read whole. */
export async function readNpy(
  file: string,
  tensors: ReadonlyMap<string, NpyTensor>,
  name: string,
  signal?: AbortSignal,
): Promise<TensorData> {
  const { dtype, shape, byteOffset, header, open } = findTensor(file, tensors, name, (tensor) => ({
    accepted: "<f8, <f4, <f2, >f8, >f4 or >f2",
    advice: tensor.header.type.advice,
  }));
  const stream = open();
  try {
    // Read once more, for the checksum of an archive runs over it too.
    await stream.take(new Uint8Array(header.headerBytes), signal);
    const layout = { dtype, shape, littleEndian: header.type.littleEndian, fortranOrder: header.fortranOrder };
    const data = await readElements(stream, layout, { file, tensor: name, byte: byteOffset }, signal);
    await stream.finish();
    return { data, dtype, shape };
  } finally {
    stream.close();
  }
}

/** An open .npy file (NumPy's format description, NEP 1; versions 1.0 to 3.0). It holds one tensor, named like the file. */
class NpyFile implements TensorFile {
  readonly format = "npy";
  readonly path: string;
  readonly tensors: readonly TensorInfo[];
  readonly metadata: ReadonlyMap<string, string> = new Map();
  readonly #source: ByteSource;
  readonly #byName: ReadonlyMap<string, NpyTensor>;

  constructor(source: ByteSource, tensor: NpyTensor) {
    this.path = source.path;
    this.tensors = [tensor];
    this.#source = source;
    this.#byName = new Map([[tensor.name, tensor]]);
  }

  async read(name: string, options: ReadOptions = {}): Promise<TensorData> {
    return await readNpy(this.path, this.#byName, name, options.signal);
  }

  async close(): Promise<void> {
    await this.#source.close();
  }
}

/** Reads and checks the header. The source is the file's from then on. */
export async function openNpy(source: ByteSource, options: ReadOptions = {}): Promise<TensorFile> {
  const name = basename(source.path, ".npy") || basename(source.path);
  const open = (): ByteStream => new SectionStream(source, { start: 0, length: source.size, tensor: name });
  return new NpyFile(source, await inspectNpy(name, open, { start: 0, stored: true }, options.signal));
}
