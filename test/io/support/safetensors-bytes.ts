/** A .safetensors file put together by hand: a header as text (or bytes, or an object), then the data. */
export function safetensorsBytes(header: string | Buffer | object, data: Uint8Array | number = 0): Buffer {
  const text = Buffer.isBuffer(header)
    ? header
    : Buffer.from(typeof header === "string" ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, typeof data === "number" ? Buffer.alloc(data) : data]);
}
