import { setImmediate } from "node:timers/promises";

import { bytesPerElement, type DType, type Elements } from "../dtype.ts";
import type { FileLocation } from "../errors.ts";
import { mustSwap, swapBytes } from "./byte-order.ts";
import type { ByteStream } from "./byte-stream.ts";
import { allocateElements, elementsOf } from "./elements.ts";
import { fortranScatter } from "./fortran-order.ts";
import { chunkBytes, scatterBytes } from "./limits.ts";

/** How the elements of a tensor lie in its file. */
export interface Layout {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly littleEndian: boolean;
  readonly fortranOrder: boolean;
}

/** An array with at most one axis longer than one lies the same way in both orders. */
function isReordered(layout: Layout): boolean {
  return layout.fortranOrder && layout.shape.filter((size) => size > 1).length > 1;
}

/**
 * Makes the system provide the memory piece by piece. A single column is spread over all of it, and would otherwise wait for every page
 * in one go while nothing else can run.
 */
async function touch(bytes: Uint8Array): Promise<void> {
  for (let from = 0; from < bytes.length; from += chunkBytes) {
    bytes.fill(0, from, from + chunkBytes);
    await setImmediate();
  }
}

/** Reads a whole tensor off a stream, row-major and in this machine's byte order, chunk by chunk. */
export async function readElements(
  stream: ByteStream,
  layout: Layout,
  at: FileLocation,
  signal?: AbortSignal,
): Promise<Elements> {
  const { dtype, shape } = layout;
  const count = shape.reduce((product, size) => product * size, 1);
  const width = bytesPerElement[dtype];
  const swap = mustSwap(layout.littleEndian);
  const elements = allocateElements(dtype, count, at);
  signal?.throwIfAborted();

  if (!isReordered(layout)) {
    const bytes = new Uint8Array(elements.buffer);
    for (let from = 0; from < bytes.length; from += chunkBytes) {
      const chunk = bytes.subarray(from, from + chunkBytes);
      await stream.take(chunk, signal);
      if (swap) swapBytes(chunk, width);
    }
    return elements;
  }

  await touch(new Uint8Array(elements.buffer));
  const scatter = fortranScatter(shape, elements);
  const scratch = new ArrayBuffer(Math.min(scatterBytes, count * width));
  for (let left = count * width; left > 0;) {
    const chunk = new Uint8Array(scratch, 0, Math.min(scratch.byteLength, left));
    await stream.take(chunk, signal);
    if (swap) swapBytes(chunk, width);
    scatter(elementsOf(scratch, dtype).subarray(0, chunk.length / width));
    left -= chunk.length;
  }
  return elements;
}
