import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";

import type { ByteSource } from "./byte-source.ts";
import { fileAccess, fileError } from "./file-error.ts";

/** A file on disk, read by position. */
export class FileSource implements ByteSource {
  readonly path: string;
  readonly size: number;
  readonly #handle: FileHandle;

  private constructor(path: string, size: number, handle: FileHandle) {
    this.path = path;
    this.size = size;
    this.#handle = handle;
  }

  static async open(path: string): Promise<FileSource> {
    let handle: FileHandle;
    try {
      // Without O_NONBLOCK, opening a named pipe that nobody writes to would wait for ever.
      handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    } catch (cause) {
      throw fileAccess(path, "cannot be opened", cause);
    }
    try {
      const stats = await handle.stat();
      // A folder opens on most systems; reading a byte gives the system's own error.
      if (stats.isDirectory()) await handle.read(new Uint8Array(1), 0, 1, 0);
      if (stats.isFile()) return new FileSource(path, stats.size, handle);
    } catch (cause) {
      await handle.close();
      throw fileAccess(path, "cannot be read", cause);
    }
    await handle.close();
    const problem =
      "is not a regular file (a folder, a pipe or a device), so it has no size to check a header against.";
    throw fileError("FILE_ACCESS", { file: path }, problem);
  }

  async read(target: Uint8Array, position: number): Promise<number> {
    try {
      const { bytesRead } = await this.#handle.read(target, 0, target.length, position);
      return bytesRead;
    } catch (cause) {
      throw fileAccess(this.path, `cannot be read at byte ${position}`, cause);
    }
  }

  async close(): Promise<void> {
    try {
      await this.#handle.close();
    } catch (cause) {
      throw fileAccess(this.path, "cannot be closed", cause);
    }
  }
}
