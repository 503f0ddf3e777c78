import { crc32, createInflateRaw, type InflateRaw } from "node:zlib";

import type { FileError } from "../errors.ts";
import { type ByteSource, readFully } from "./byte-source.ts";
import { type ByteStream, checksumProblem } from "./byte-stream.ts";
import { corruptFile } from "./file-error.ts";

// What one step can inflate to at most, a thousand times this, is what a hostile entry can make us hold.
const stepBytes = 64 * 1024;
const outputBytes = 256 * 1024;

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

/**
 * An archive entry, inflated as it is asked for, on zlib's own threads. Inflation stops at the declared length: a bomb is not unpacked.
 */
export class InflateStream implements ByteStream {
  readonly length: number;
  readonly #source: ByteSource;
  readonly #entry: Compressed;
  readonly #inflate: InflateRaw;
  /** Settled when zlib has let go, whether by its end, an error or close(). */
  readonly #closed: Promise<void>;
  readonly #inflated: Uint8Array[] = [];
  #ended = false;
  #failure: Error | null = null;
  /** Compressed bytes handed over so far. */
  #fed = 0;
  #left: Uint8Array = new Uint8Array(0);
  #position = 0;
  #crc = 0;

  constructor(source: ByteSource, entry: Compressed) {
    this.length = entry.length;
    this.#source = source;
    this.#entry = entry;
    const inflate = createInflateRaw({ chunkSize: outputBytes });
    inflate.on("data", (chunk: Uint8Array) => this.#inflated.push(chunk));
    inflate.on("end", () => {
      this.#ended = true;
    });
    inflate.on("error", (error) => {
      this.#failure = error;
    });
    this.#closed = new Promise((resolve) => {
      inflate.on("close", resolve);
    });
    this.#inflate = inflate;
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
    const at = { file: this.#source.path, tensor: this.#entry.tensor, byte: this.#entry.start };
    return corruptFile(at, `in the entry that is compressed here, inflated byte ${position}: ${problem}`, cause);
  }

  /** The next bytes that come out, or null at the end. */
  async #next(): Promise<Uint8Array | null> {
    for (;;) {
      const chunk = this.#inflated.shift();
      if (chunk !== undefined) return chunk;
      if (this.#failure !== null) {
        throw this.corrupt(this.#position, "the compressed data is damaged or cut short.", this.#failure);
      }
      if (this.#ended || this.#inflate.destroyed) return null;
      await this.#feed();
    }
  }

  /** Hands over the next compressed bytes, or their end, and waits until zlib is done with them. */
  async #feed(): Promise<void> {
    const { compressedLength, start, tensor } = this.#entry;
    if (this.#fed === compressedLength) {
      this.#inflate.end();
      return await this.#closed;
    }
    const chunk = new Uint8Array(Math.min(stepBytes, compressedLength - this.#fed));
    await readFully(this.#source, chunk, start + this.#fed, { tensor });
    this.#fed += chunk.length;
    // After an error zlib closes without another word on what it was given.
    const taken = new Promise<void>((resolve) => {
      this.#inflate.write(chunk, () => resolve());
    });
    await Promise.race([taken, this.#closed]);
  }
}
