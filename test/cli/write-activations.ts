import { writeFileSync } from "node:fs";

export type Values = Float32Array | Float64Array | BigInt64Array | Uint16Array;

export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Values;
  /** Safetensors' name of the type, where the array does not tell it. */
  readonly dtype?: string;
}

/** A small generator with a seed of its own (Lehmer's, modulus 2³¹ − 1), so that test data never change. */
export function noise(seed: number): () => number {
  let state = (seed % 2147483646) + 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647 - 0.5;
  };
}

/** Samples × features of noise around a few shared directions, so that layers of different seeds are somewhat alike. */
export function activations(samples: number, features: number, seed: number): Tensor {
  const shared = noise(7);
  const own = noise(seed + 100);
  const data = new Float32Array(samples * features);
  for (let row = 0; row < samples; row += 1) {
    const common = shared();
    for (let column = 0; column < features; column += 1) {
      data[row * features + column] = own() + (column % 3 === 0 ? 2 * common : 0);
    }
  }
  return { shape: [samples, features], data };
}

function safetensorsType({ data, dtype }: Tensor): string {
  if (dtype !== undefined) return dtype;
  if (data instanceof Float32Array) return "F32";
  return data instanceof Float64Array ? "F64" : "I64";
}

function bytesOf(data: Values): Buffer {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

export function writeSafetensors(file: string, tensors: Readonly<Record<string, Tensor>>): void {
  const header: Record<string, unknown> = {};
  let offset = 0;
  for (const [name, tensor] of Object.entries(tensors)) {
    const end = offset + tensor.data.byteLength;
    header[name] = { dtype: safetensorsType(tensor), shape: tensor.shape, data_offsets: [offset, end] };
    offset = end;
  }
  const text = Buffer.from(JSON.stringify(header));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(text.length));
  writeFileSync(file, Buffer.concat([size, text, ...Object.values(tensors).map((tensor) => bytesOf(tensor.data))]));
}

export function writeNpy(file: string, { shape, data }: Tensor): void {
  const type = data instanceof Float32Array ? "<f4" : data instanceof Float64Array ? "<f8" : "<i8";
  const dims = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  const plain = `{'descr': '${type}', 'fortran_order': False, 'shape': ${dims}, }`;
  // Version 1.0: magic, version and length are 10 bytes; the header ends with a line break on a multiple of 64.
  const text = `${plain.padEnd(Math.ceil((plain.length + 11) / 64) * 64 - 11)}\n`;
  const head = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, text.length & 255, text.length >> 8]);
  writeFileSync(file, Buffer.concat([head, Buffer.from(text, "latin1"), bytesOf(data)]));
}
