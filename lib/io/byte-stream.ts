import { crc32 } from "node:zlib";

import type { FileError } from "../errors.ts";
import { type ByteSource, readFully } from "./byte-source.ts";
import { corruptFile } from "./file-error.ts";
import { chunkBytes } from "./limits.ts";

/** Bytes that come in order, once: a stretch of a file, or an inflated archive entry. */
export interface ByteStream {
  /** How many bytes there are, as declared. */
  readonly length: number;
  /** The next `target.length` bytes, all of them. Rejects with the signal's reason once it is aborted. */
  take(target: Uint8Array, signal?: AbortSignal): Promise<void>;
  /** To be called after the last byte: checks that nothing follows and that the checksum is right. */
  finish(): Promise<void>;
  /** Lets go of whatever is held; may be called at any time, and twice. */
  close(): void;
  /** The error for something wrong at `position` bytes from the start of this stream. */
  corrupt(position: number, problem: string, cause?: unknown): FileError;
}

/** Where a stream lies in its file, and what is known of it. */
export interface Section {
  readonly start: number;
  readonly length: number;
  readonly tensor?: string;
  /** CRC-32 of the whole section, if there is one to check. */
  readonly crc?: number;
}

/** A stretch of a file, as it stands. */
export class SectionStream implements ByteStream {
  readonly length: number;
  readonly #source: ByteSource;
  readonly #section: Section;
  #position = 0;
  #crc = 0;

  constructor(source: ByteSource, section: Section) {
    this.length = section.length;
    this.#source = source;
    this.#section = section;
  }

  async take(target: Uint8Array, signal?: AbortSignal): Promise<void> {
    const { tensor, start, crc } = this.#section;
    const options = { ...(tensor === undefined ? {} : { tensor }), ...(signal === undefined ? {} : { signal }) };
    for (let from = 0; from < target.length; from += chunkBytes) {
      const chunk = target.subarray(from, from + chunkBytes);
      await readFully(this.#source, chunk, start + this.#position, options);
      this.#position += chunk.length;
      if (crc !== undefined) this.#crc = crc32(chunk, this.#crc);
    }
  }

  async finish(): Promise<void> {
    const { crc } = this.#section;
    if (crc !== undefined && crc !== this.#crc) throw this.corrupt(0, checksumProblem(crc, this.#crc));
  }

  close(): void {
    // The file belongs to whoever opened it.
  }

  corrupt(position: number, problem: string, cause?: unknown): FileError {
    const { tensor, start } = this.#section;
    const at = { file: this.#source.path, ...(tensor === undefined ? {} : { tensor }), byte: start + position };
    return corruptFile(at, problem, cause);
  }
}

export function checksumProblem(declared: number, found: number): string {
  const hex = (value: number): string => value.toString(16).padStart(8, "0");
  return `the data is damaged: its CRC-32 is ${hex(found)}, but the archive says ${hex(declared)}.`;
}
