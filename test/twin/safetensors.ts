import { readFileSync } from "node:fs";
import { type Features } from "./features.ts";

/** A float32 matrix out of a .safetensors file: eight bytes of header length, a JSON header, then the data. The first `rows` rows of it. */
export function readFeatures(file: URL, tensor: string, rows?: number): Features {
  const bytes = readFileSync(file);
  const headerLength = Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.toString("utf8", 8, 8 + headerLength)) as Record<
    string,
    { dtype: string; shape: number[]; data_offsets: [number, number] }
  >;
  const entry = header[tensor];
  if (entry?.dtype !== "F32" || entry.shape.length !== 2)
    throw new Error(`no float32 matrix ${tensor} in ${file.pathname}`);
  const [total = 0, d = 0] = entry.shape;
  const n = rows ?? total;
  const start = 8 + headerLength + entry.data_offsets[0];
  return { data: Float64Array.from({ length: n * d }, (_, k) => bytes.readFloatLE(start + 4 * k)), n, d };
}
