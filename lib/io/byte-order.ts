import { endianness } from "node:os";

const littleEndianHost = endianness() === "LE";

/** Whether numbers stored in the given order must be turned round before this machine can compute with them. */
export function mustSwap(storedLittleEndian: boolean): boolean {
  return storedLittleEndian !== littleEndianHost;
}

/** Turns every element of `width` bytes round, in place. */
export function swapBytes(bytes: Uint8Array, width: number): void {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (width === 2) view.swap16();
  else if (width === 4) view.swap32();
  else if (width === 8) view.swap64();
}
