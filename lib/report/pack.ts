import { deflateSync } from "node:zlib";

/**
 * Numbers for the page, small: as f32 (seven digits, more than a tooltip shows) or, for what stands beside a value, as the upper
 * three or two bytes of an f32 (four to five digits, two to three), the bytes sorted by significance so that equal exponents stand together, deflated, in base64. The
 * page unpacks them with DecompressionStream; lib/report/page/unpack.ts is the other half.
 */
export function pack(values: ArrayLike<number>, bytes: 4 | 3 | 2): string {
  const count = values.length;
  const planes = Buffer.alloc(count * bytes);
  const one = Buffer.alloc(4);
  for (let i = 0; i < count; i++) {
    one.writeFloatBE(values[i] ?? Number.NaN, 0);
    if (bytes < 4) roundTo(one, bytes);
    for (let byte = 0; byte < bytes; byte++) planes[byte * count + i] = one[byte] ?? 0;
  }
  return deflateSync(planes, { level: 9 }).toString("base64");
}

/** Rounds the lower bytes of an f32 into those that are kept; a carry runs into the exponent, as it should. */
function roundTo(float: Buffer, bytes: number): void {
  const half = 1 << (8 * (4 - bytes) - 1);
  if (Number.isFinite(float.readFloatBE(0))) float.writeUInt32BE(float.readUInt32BE(0) + half, 0);
}
