import type { FileHandle } from "node:fs/promises";

import { checkSignal, checkString, expected } from "../check.ts";
import { bytesPerElement, type DType, type Elements } from "../dtype.ts";
import { writeAtomically } from "./atomic-write.ts";
import { mustSwap, swapBytes } from "./byte-order.ts";
import { chunkBytes, maxNameLength, maxRank, maxSafetensorsHeader, maxTensors } from "./limits.ts";
import { quoted } from "./quoted.ts";
import { safetensorsName } from "./safetensors-dtype.ts";
import type { ReadOptions } from "./tensor-file.ts";

/** A tensor to be written: row-major numbers and their shape. */
export interface WritableTensor {
  readonly data: Elements;
  readonly shape: readonly number[];
  /** Needed for a `Uint16Array`, which may hold either half type. */
  readonly dtype?: DType;
}

export interface WriteSafetensorsOptions extends ReadOptions {
  /** Free text pairs for the header. */
  readonly metadata?: Readonly<Record<string, string>>;
}

interface CheckedTensor {
  readonly name: string;
  readonly data: Elements;
  /** As it was when the data were checked: their owner may take the buffer away at any time. */
  readonly byteLength: number;
  readonly shape: readonly number[];
  readonly dtype: DType;
}

function checkName(name: string): void {
  if (name === "__metadata__" || name.length > maxNameLength || /\p{Surrogate}/u.test(name)) {
    throw expected(
      `well-formed text of at most ${maxNameLength} characters other than "__metadata__"`,
      "a tensor's name",
      name,
    );
  }
}

function checkDType(label: string, { data, dtype }: WritableTensor): DType {
  const halves = dtype === "f16" || dtype === "bf16";
  if (data instanceof Float64Array && (dtype === undefined || dtype === "f64")) return "f64";
  if (data instanceof Float32Array && (dtype === undefined || dtype === "f32")) return "f32";
  if (data instanceof Uint16Array && halves) return dtype;
  if (data instanceof Uint16Array) throw expected('"f16" or "bf16"', `${label}.dtype`, dtype);
  if (data instanceof Float64Array || data instanceof Float32Array) {
    throw expected(`nothing or "${data instanceof Float64Array ? "f64" : "f32"}"`, `${label}.dtype`, dtype);
  }
  throw expected("a Float64Array, Float32Array or Uint16Array", `${label}.data`, data);
}

function checkTensor(name: string, tensor: WritableTensor): CheckedTensor {
  checkName(name);
  const label = `the tensor ${quoted(name)}`;
  if (typeof tensor !== "object" || tensor === null) throw expected("{data, shape}", label, tensor);
  const dtype = checkDType(label, tensor);
  const shape: unknown = tensor.shape;
  const sizes = Array.isArray(shape) ? (shape as readonly unknown[]) : null;
  if (
    sizes === null ||
    sizes.length > maxRank ||
    !sizes.every((size) => Number.isSafeInteger(size) && Number(size) >= 0)
  ) {
    throw expected(`an array of at most ${maxRank} whole numbers`, `${label}.shape`, shape);
  }
  const count = sizes.map(Number).reduce((product, size) => product * size, 1);
  if (count !== tensor.data.length) {
    const what = `the ${count} elements of shape [${sizes.join(", ")}]`;
    throw expected(what, `${label}.data.length`, tensor.data.length, { code: "SHAPE_MISMATCH" });
  }
  return { name, data: tensor.data, byteLength: tensor.data.byteLength, shape: sizes.map(Number), dtype };
}

/** The header, padded with spaces so that the data begins at a multiple of eight bytes. */
function headerBytes(tensors: readonly CheckedTensor[], metadata: WriteSafetensorsOptions["metadata"]): Buffer {
  const entries: string[] = [];
  if (metadata !== undefined) entries.push(`"__metadata__":${JSON.stringify(metadata)}`);
  let begin = 0;
  for (const { name, byteLength, shape, dtype } of tensors) {
    const end = begin + byteLength;
    const entry = { dtype: safetensorsName[dtype], shape, data_offsets: [begin, end] };
    entries.push(`${JSON.stringify(name)}:${JSON.stringify(entry)}`);
    begin = end;
  }
  const text = Buffer.from(`{${entries.join(",")}}`);
  const padding = (8 - (text.length % 8)) % 8;
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length + padding));
  return Buffer.concat([length, text, Buffer.alloc(padding, " ")]);
}

async function writeFully(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done);
    done += bytesWritten;
  }
}

async function writeElements(handle: FileHandle, tensor: CheckedTensor, signal?: AbortSignal): Promise<void> {
  const { name, data, byteLength, dtype } = tensor;
  const scratch = new Uint8Array(Math.min(chunkBytes, byteLength));
  for (let from = 0; from < byteLength; from += chunkBytes) {
    signal?.throwIfAborted();
    if (data.byteLength !== byteLength) {
      throw expected("an array that keeps its buffer", `the tensor ${quoted(name)}.data`, data);
    }
    const length = Math.min(chunkBytes, byteLength - from);
    // A copy, for the system writes it on another thread, when the caller's buffer may be gone.
    const chunk = scratch.subarray(0, length);
    chunk.set(new Uint8Array(data.buffer, data.byteOffset + from, length));
    if (mustSwap(true)) swapBytes(chunk, bytesPerElement[dtype]);
    await writeFully(handle, chunk);
  }
}

/**
 * Writes tensors to a .safetensors file (Hugging Face's format) that gramian and every other reader of it can open. The file is there
 * whole or not at all. Tensors of wider elements come first, so that each is aligned; otherwise they keep the order given.
 *
 * @param path Where to write; a file that is there is replaced.
 * @param tensors Name to `{data, shape, dtype?}`; `dtype` is needed for a Uint16Array ("f16" or "bf16").
 * @param options `metadata`: text pairs for the header; `signal`: aborts, leaving nothing behind, with the signal's reason.
 * @throws ArgumentError INVALID_ARGUMENT, or SHAPE_MISMATCH when data and shape disagree; FileError FILE_ACCESS.
 *
 * @example
 * ```ts
 * import { writeSafetensors } from "gramian";
 * const features = new Float32Array([1, 2, 3, 4, 5, 6]);
 * await writeSafetensors("gramian-out/layers.safetensors", { fc1: { data: features, shape: [3, 2] } });
 * ```
 */
export async function writeSafetensors(
  path: string,
  tensors: Readonly<Record<string, WritableTensor>>,
  options: WriteSafetensorsOptions = {},
): Promise<void> {
  checkString(path, "path");
  const { metadata, signal } = options;
  if (signal !== undefined) checkSignal(signal, "signal");
  if (typeof tensors !== "object" || tensors === null) throw expected("an object of tensors", "tensors", tensors);
  if (metadata !== undefined && !Object.values(metadata).every((value) => typeof value === "string")) {
    throw expected("an object of strings", "metadata", metadata);
  }
  const checked = Object.entries(tensors)
    .map(([name, tensor]) => checkTensor(name, tensor))
    .sort((a, b) => bytesPerElement[b.dtype] - bytesPerElement[a.dtype]);
  const header = headerBytes(checked, metadata);
  if (checked.length > maxTensors || header.length > maxSafetensorsHeader) {
    throw expected(`at most ${maxTensors} tensors and ${maxSafetensorsHeader} bytes of header`, "tensors", tensors);
  }
  await writeAtomically(path, async (handle) => {
    await writeFully(handle, header);
    for (const tensor of checked) await writeElements(handle, tensor, signal);
  });
}
