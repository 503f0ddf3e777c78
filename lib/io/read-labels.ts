import { endianness } from "node:os";

import { readFully } from "./byte-source.ts";
import { FileSource } from "./file-source.ts";
import { fileError } from "./file-error.ts";
import type { ReadOptions, TensorFile, TensorInfo } from "./tensor-file.ts";

interface IntegerType {
  readonly bytes: number;
  readonly read: (view: DataView, at: number) => number;
}

const types: readonly (readonly [names: readonly string[], bytes: number, read: IntegerType["read"]])[] = [
  [["I64", "i8"], 8, (view, at) => Number(view.getBigInt64(at, true))],
  [["U64", "u8"], 8, (view, at) => Number(view.getBigUint64(at, true))],
  [["I32", "i4"], 4, (view, at) => view.getInt32(at, true)],
  [["U32", "u4"], 4, (view, at) => view.getUint32(at, true)],
  [["I16", "i2"], 2, (view, at) => view.getInt16(at, true)],
  [["U16", "u2"], 2, (view, at) => view.getUint16(at, true)],
  [["I8", "i1"], 1, (view, at) => view.getInt8(at)],
  [["U8", "u1", "BOOL", "b1"], 1, (view, at) => view.getUint8(at)],
];

/** The integer type behind a name of a .safetensors or (little-endian) .npy header. */
function typeOf({ fileDtype }: TensorInfo): IntegerType | null {
  const native = endianness() === "LE" ? "<|=" : "<|";
  const name = native.includes(fileDtype.charAt(0)) ? fileDtype.slice(1) : fileDtype;
  const found = types.find(([names]) => names.includes(name));
  return found === undefined ? null : { bytes: found[1], read: found[2] };
}

/** Whether a tensor is a list of whole numbers: n, or n×1. */
export function holdsLabels(info: TensorInfo): boolean {
  const [, columns = 1] = info.shape;
  return (
    info.dtype === null && typeOf(info) !== null && info.shape.length <= 2 && info.shape.length > 0 && columns === 1
  );
}

/** The whole numbers of a tensor for which {@link holdsLabels}; those beyond 2⁵³ are rounded. An archive's entries are not read. */
export async function readLabels(file: TensorFile, info: TensorInfo, options: ReadOptions = {}): Promise<number[]> {
  const at = { file: file.path, tensor: info.name };
  const type = typeOf(info);
  if (type === null || file.format === "npz") {
    throw fileError(
      "UNSUPPORTED_DTYPE",
      at,
      "labels are read from .safetensors and .npy files. Save them as such, or as floats.",
    );
  }
  const bytes = new Uint8Array(info.byteLength);
  const source = await FileSource.open(file.path);
  try {
    await readFully(source, bytes, info.byteOffset, { ...options, tensor: info.name });
  } finally {
    await source.close();
  }
  const view = new DataView(bytes.buffer);
  return Array.from({ length: bytes.length / type.bytes }, (_, i) => type.read(view, i * type.bytes));
}
