/** Takes apart what lib/report/pack.ts packed. */
export async function unpack(text: string, bytes: 4 | 3 | 2): Promise<Float32Array> {
  const packed = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  const planes = new Uint8Array(await new Response(stream).arrayBuffer());
  const count = planes.length / bytes;
  const numbers = new DataView(new ArrayBuffer(count * 4));
  for (let i = 0; i < count; i++) {
    for (let byte = 0; byte < bytes; byte++) numbers.setUint8(i * 4 + byte, planes[byte * count + i] ?? 0);
  }
  return Float32Array.from({ length: count }, (_, i) => numbers.getFloat32(i * 4));
}

/** The whole matrix behind a triangle. */
export function unfolded(triangle: Float32Array, side: number): Float32Array {
  const whole = new Float32Array(side * side);
  let next = 0;
  for (let i = 0; i < side; i++) {
    for (let j = i; j < side; j++) {
      const value = triangle[next++] ?? Number.NaN;
      whole[i * side + j] = value;
      whole[j * side + i] = value;
    }
  }
  return whole;
}
