import { corruptFile } from "./file-error.ts";
import { chunkBytes } from "./limits.ts";
import type { ReadOptions } from "./tensor-file.ts";

/** Bytes that can be read from any position: a file, or a buffer in tests. Failures are FileErrors. */
export interface ByteSource {
  readonly path: string;
  readonly size: number;
  /** Reads at most `target.length` bytes from `position` on and says how many; 0 means that the source ends there. */
  read(target: Uint8Array, position: number): Promise<number>;
  close(): Promise<void>;
}

/** Fills all of `target`, in bounded chunks, with a look at the signal before each. Rejects with the signal's reason once it is aborted. */
export async function readFully(
  source: ByteSource,
  target: Uint8Array,
  position: number,
  options: ReadOptions & { readonly tensor?: string } = {},
): Promise<void> {
  let filled = 0;
  while (filled < target.length) {
    options.signal?.throwIfAborted();
    const count = await source.read(target.subarray(filled, filled + chunkBytes), position + filled);
    if (count === 0) {
      const tensor = options.tensor === undefined ? {} : { tensor: options.tensor };
      // Lengths were checked when the file was opened.
      const problem = `the file ends here, but ${target.length - filled} more bytes were there when it was opened.`;
      throw corruptFile({ file: source.path, ...tensor, byte: position + filled }, problem);
    }
    filled += count;
  }
}
