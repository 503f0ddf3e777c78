import type { DType, Elements } from "./dtype.ts";

const scratch = new DataView(new ArrayBuffer(4));

/** The value of a bfloat16: the upper half of a float32. */
export function numberOfBf16(bits: number): number {
  scratch.setUint32(0, bits << 16);
  return scratch.getFloat32(0);
}

/** The value of an IEEE 754 binary16: sign, 5 bits of exponent, 10 bits of fraction. */
export function numberOfF16(bits: number): number {
  const sign = (bits & 0x8000) << 16;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return (sign < 0 ? -fraction : fraction) * 2 ** -24;
  // Infinities and NaN keep an exponent of ones; every other exponent moves from bias 15 to bias 127.
  const wide = exponent === 0x1f ? 0xff : exponent + 112;
  scratch.setUint32(0, sign | (wide << 23) | (fraction << 13));
  return scratch.getFloat32(0);
}

const tables = new Map<DType, Float64Array>();

/** All 65536 values of a half type, built when it is first needed: a look-up is many times faster than taking bits apart. */
function tableOf(dtype: "f16" | "bf16"): Float64Array {
  const known = tables.get(dtype);
  if (known !== undefined) return known;
  const value = dtype === "f16" ? numberOfF16 : numberOfBf16;
  const table = Float64Array.from({ length: 0x10000 }, (_, bits) => value(bits));
  tables.set(dtype, table);
  return table;
}

/** A function that gives the value of element i: the twin in JavaScript of what the native side does tile by tile. */
export function reader(data: Elements, dtype: DType): (index: number) => number {
  if (dtype === "f64" || dtype === "f32") return (index) => data[index] as number;
  const table = tableOf(dtype);
  return (index) => table[data[index] as number] as number;
}

/** All elements as f64, in an array of their own. Every widening is exact. */
export function widen(data: Elements, dtype: DType): Float64Array {
  if (dtype === "f64" || dtype === "f32") return Float64Array.from(data);
  const table = tableOf(dtype);
  const wide = new Float64Array(data.length);
  for (let i = 0; i < wide.length; i++) wide[i] = table[data[i] as number] as number;
  return wide;
}
