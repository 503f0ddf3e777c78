/** Element types that gramian computes with. `f16` and `bf16` live in a `Uint16Array` and are widened tile by tile. */
export type DType = "f64" | "f32" | "f16" | "bf16";

/** The typed array that holds a dtype. */
export type Elements = Float64Array | Float32Array | Uint16Array;

/** Bytes of one element of each dtype. */
export const bytesPerElement: Readonly<Record<DType, number>> = { f64: 8, f32: 4, f16: 2, bf16: 2 };
