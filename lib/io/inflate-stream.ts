import { pipeline, Readable } from "node:stream";
import { crc32, createInflateRaw, type InflateRaw } from "node:zlib";

import { FileError } from "../errors.ts";
import { type ByteSource, readFully } from "./byte-source.ts";
import { type ByteStream, checksumProblem } from "./byte-stream.ts";
import { corruptFile } from "./file-error.ts";

const stepBytes = 256 * 1024;

/** A DEFLATE-compressed archive entry and what the archive says of it. */
export interface Compressed {
  readonly tensor: string;
  /** First byte of the compressed data in the file. */
  readonly start: number;
  readonly compressedLength: number;
  /** Length and CRC-32 once inflated. */
  readonly length: number;
  readonly crc: number;
}

async function* compressedBytes(source: ByteSource, entry: Compressed): AsyncGenerator<Uint8Array> {
  for (let done = 0; done < entry.compressedLength; done += stepBytes) {
    const chunk = new Uint8Array(Math.min(stepBytes, entry.compressedLength - done));
    await readFully(source, chunk, entry.start + done, { tensor: entry.tensor });
    yield chunk;
  }
}

/**
 * An archive entry, inflated as it is asked for. Never more than a few chunks are held, and inflation stops at the declared length:
 * a bomb is not unpacked.
 */
export class InflateStream implements ByteStream {
  readonly length: number;
  readonly #path: string;
  readonly #entry: Compressed;
  readonly #inflate: InflateRaw;
  readonly #chunks: AsyncIterator<Uint8Array>;
  #left: Uint8Array = new Uint8Array(0);
  #position = 0;
  #crc = 0;

  constructor(source: ByteSource, entry: Compressed) {
    this.length = entry.length;
    this.#path = source.path;
    this.#entry = entry;
    this.#inflate = createInflateRaw({ chunkSize: stepBytes });
    this.#chunks = this.#inflate[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
    // Errors of either side destroy the inflater, where next() meets them.
    pipeline(Readable.from(compressedBytes(source, entry), { objectMode: false }), this.#inflate, () => undefined);
  }

  async take(target: Uint8Array, signal?: AbortSignal): Promise<void> {
    let filled = 0;
    while (filled < target.length) {
      if (this.#left.length === 0) {
        signal?.throwIfAborted();
        const next = await this.#next();
        if (next === null) {
          throw this.corrupt(this.#position, `the entry ends here, but ${this.length} bytes were declared.`);
        }
        this.#left = next;
      }
      const part = this.#left.subarray(0, target.length - filled);
      target.set(part, filled);
      this.#crc = crc32(part, this.#crc);
      filled += part.length;
      this.#position += part.length;
      this.#left = this.#left.subarray(part.length);
    }
  }

  async finish(): Promise<void> {
    if (this.#left.length > 0 || (await this.#next()) !== null) {
      throw this.corrupt(this.#position, `the entry goes on, but ${this.length} bytes were declared.`);
    }
    if (this.#crc !== this.#entry.crc) throw this.corrupt(0, checksumProblem(this.#entry.crc, this.#crc));
  }

  close(): void {
    this.#inflate.destroy();
  }

  corrupt(position: number, problem: string, cause?: unknown): FileError {
    const at = { file: this.#path, tensor: this.#entry.tensor, byte: this.#entry.start };
    return corruptFile(at, `in the entry that is compressed here, inflated byte ${position}: ${problem}`, cause);
  }

  /** The next bytes that come out, or null at the end. */
  async #next(): Promise<Uint8Array | null> {
    try {
      const next = await this.#chunks.next();
      return next.done === true ? null : next.value;
    } catch (cause) {
      if (cause instanceof FileError) throw cause;
      throw this.corrupt(this.#position, "the compressed data is damaged or cut short.", cause);
    }
  }
}
