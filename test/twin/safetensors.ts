import { readFileSync } from "node:fs";
import { type Features } from "./features.ts";

/** A float32 tensor out of a .safetensors file: eight bytes of header length, a JSON header, then the data. Its first `rows` rows. */
function read(file: URL, tensor: string, rank: number, rows?: number): { data: Float64Array; shape: number[] } {
  const bytes = readFileSync(file);
  const headerLength = Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.toString("utf8", 8, 8 + headerLength)) as Record<
    string,
    { dtype: string; shape: number[]; data_offsets: [number, number] }
  >;
  const entry = header[tensor];
  if (entry?.dtype !== "F32" || entry.shape.length !== rank)
    throw new Error(`no float32 tensor ${tensor} of rank ${rank} in ${file.pathname}`);
  const shape = [rows ?? entry.shape[0]!, ...entry.shape.slice(1)];
  const start = 8 + headerLength + entry.data_offsets[0];
  const length = shape.reduce((product, side) => product * side, 1);
  return { data: Float64Array.from({ length }, (_, k) => bytes.readFloatLE(start + 4 * k)), shape };
}

/** A float32 matrix; the first `rows` rows of it. */
export function readFeatures(file: URL, tensor: string, rows?: number): Features {
  const { data, shape } = read(file, tensor, 2, rows);
  return { data, n: shape[0]!, d: shape[1]! };
}

/** A float32 vector. */
export function readVector(file: URL, tensor: string): Float64Array {
  return read(file, tensor, 1).data;
}
