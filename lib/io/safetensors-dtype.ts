import type { DType } from "../dtype.ts";

/** An element type of the .safetensors format. */
export interface SafetensorsDType {
  readonly bits: number;
  /** Null for types that gramian does not compute with. */
  readonly dtype: DType | null;
}

function other(bits: number): SafetensorsDType {
  return { bits, dtype: null };
}

/** The types of safetensors 0.7. A type that is not among them can still be listed, only its size cannot be checked. */
export const safetensorsDTypes: ReadonlyMap<string, SafetensorsDType> = new Map([
  ["F64", { bits: 64, dtype: "f64" }],
  ["F32", { bits: 32, dtype: "f32" }],
  ["F16", { bits: 16, dtype: "f16" }],
  ["BF16", { bits: 16, dtype: "bf16" }],
  ["F8_E4M3", other(8)],
  ["F8_E5M2", other(8)],
  ["F8_E8M0", other(8)],
  ["F6_E2M3", other(6)],
  ["F6_E3M2", other(6)],
  ["F4", other(4)],
  ["C64", other(64)],
  ["I64", other(64)],
  ["I32", other(32)],
  ["I16", other(16)],
  ["I8", other(8)],
  ["U64", other(64)],
  ["U32", other(32)],
  ["U16", other(16)],
  ["U8", other(8)],
  ["BOOL", other(8)],
]);

/** The name of a dtype in a .safetensors header. */
export const safetensorsName: Readonly<Record<DType, string>> = { f64: "F64", f32: "F32", f16: "F16", bf16: "BF16" };
