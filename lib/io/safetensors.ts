import { type ByteSource, readFully } from "./byte-source.ts";
import { SectionStream } from "./byte-stream.ts";
import { corruptFile } from "./file-error.ts";
import { findTensor } from "./find-tensor.ts";
import { maxSafetensorsHeader } from "./limits.ts";
import { readElements } from "./read-elements.ts";
import { headerStart, parseSafetensorsHeader, type SafetensorsHeader } from "./safetensors-header.ts";
import type { ReadOptions, TensorData, TensorFile, TensorInfo } from "./tensor-file.ts";

const dtypeAdvice = {
  accepted: "F64, F32, F16 or BF16",
  advice: "Convert it before saving; in PyTorch: tensor.float().",
};

/**
 * An open .safetensors file: eight bytes of header length, a JSON header, the data. Written after the format's description by
 * Hugging Face (safetensors 0.7); like their reader it refuses overlaps and holes.
 */
class SafetensorsFile implements TensorFile {
  readonly format = "safetensors";
  readonly path: string;
  readonly tensors: readonly TensorInfo[];
  readonly metadata: ReadonlyMap<string, string>;
  readonly #source: ByteSource;
  readonly #byName: ReadonlyMap<string, TensorInfo>;

  constructor(source: ByteSource, { tensors, metadata }: SafetensorsHeader) {
    this.path = source.path;
    this.tensors = tensors;
    this.metadata = metadata;
    this.#source = source;
    this.#byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  }

  async read(name: string, options: ReadOptions = {}): Promise<TensorData> {
    const tensor = findTensor(this.path, this.#byName, name, () => dtypeAdvice);
    const { dtype, shape, byteOffset, byteLength } = tensor;
    const stream = new SectionStream(this.#source, { start: byteOffset, length: byteLength, tensor: name });
    const layout = { dtype, shape, littleEndian: true, fortranOrder: false };
    const at = { file: this.path, tensor: name, byte: byteOffset };
    return { data: await readElements(stream, layout, at, options.signal), dtype, shape };
  }

  async close(): Promise<void> {
    await this.#source.close();
  }
}

/** Reads and checks the header. The source is the file's from then on. */
export async function openSafetensors(source: ByteSource, options: ReadOptions = {}): Promise<TensorFile> {
  const file = source.path;
  if (source.size < headerStart) {
    const problem = `the file has ${source.size} bytes; the length of a .safetensors header alone takes ${headerStart}.`;
    throw corruptFile({ file, byte: source.size }, problem);
  }
  const prefix = Buffer.alloc(headerStart);
  await readFully(source, prefix, 0, options);
  const length = prefix.readBigUInt64LE(0);
  if (length > BigInt(maxSafetensorsHeader)) {
    const problem = `the header claims to be ${length} bytes long; at most ${maxSafetensorsHeader} are allowed.`;
    throw corruptFile({ file, byte: 0 }, problem);
  }
  const room = source.size - headerStart;
  if (length > BigInt(room)) {
    throw corruptFile({ file, byte: 0 }, `the header claims to be ${length} bytes long, but only ${room} follow.`);
  }
  const text = new Uint8Array(Number(length));
  await readFully(source, text, headerStart, options);
  return new SafetensorsFile(source, parseSafetensorsHeader(text, file, source.size));
}
