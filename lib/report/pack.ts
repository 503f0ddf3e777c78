import { deflateSync } from "node:zlib";

/**
 * Numbers for the page, small: as f32 (seven digits, more than a tooltip shows) or, for standard errors, as the upper half of an
 * f32 (two to three digits), the bytes sorted by significance so that equal exponents stand together, deflated, in base64. The
 * page unpacks them with DecompressionStream; lib/report/page/unpack.ts is the other half.
 */
export function pack(values: ArrayLike<number>, bytes: 4 | 2): string {
  const count = values.length;
  const planes = Buffer.alloc(count * bytes);
  const one = Buffer.alloc(4);
  for (let i = 0; i < count; i++) {
    one.writeFloatBE(values[i] ?? Number.NaN, 0);
    if (bytes === 2) roundToHalf(one);
    for (let byte = 0; byte < bytes; byte++) planes[byte * count + i] = one[byte] ?? 0;
  }
  return deflateSync(planes, { level: 9 }).toString("base64");
}

/** Rounds the lower sixteen bits of an f32 into the upper ones; a carry runs into the exponent, as it should. */
function roundToHalf(float: Buffer): void {
  if (Number.isFinite(float.readFloatBE(0))) float.writeUInt32BE(float.readUInt32BE(0) + 0x8000, 0);
}
