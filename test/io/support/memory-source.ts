import type { ByteSource } from "../../../lib/io/byte-source.ts";

/** Bytes in memory as a source, with a record of what was asked of it. */
export class MemorySource implements ByteSource {
  readonly path: string;
  readonly size: number;
  /** The most bytes that one read had room for. */
  largestTarget = 0;
  /** All reads, as [position, bytes]. */
  readonly reads: (readonly [number, number])[] = [];
  /** Where reading ends; to be lowered to cut the file after it was opened. */
  end: number;
  readonly #bytes: Uint8Array;

  /** When `size` is larger than `bytes`, zeros follow, as in a sparse file. */
  constructor(bytes: Uint8Array, path = "layers.bin", size: number = bytes.length) {
    this.path = path;
    this.size = size;
    this.end = size;
    this.#bytes = bytes;
  }

  read(target: Uint8Array, position: number): Promise<number> {
    // The buffer behind the target is what was allocated.
    this.largestTarget = Math.max(this.largestTarget, target.buffer.byteLength);
    const count = Math.max(0, Math.min(target.length, this.end - position));
    target.fill(0, 0, count);
    target.set(this.#bytes.subarray(position, position + count));
    this.reads.push([position, count]);
    return Promise.resolve(count);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
