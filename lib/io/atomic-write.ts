import { randomBytes } from "node:crypto";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";

import { FileError } from "../errors.ts";
import { fileAccess } from "./file-error.ts";

/**
 * Writes a file so that it is there whole or not at all: into a temporary file in the same folder, which is flushed to the disk and then
 * renamed. Whatever stood at `path` is replaced; when `write` fails, it is left as it was and the temporary file is removed.
 *
 * @throws FileError FILE_ACCESS when the system refuses; whatever `write` throws.
 */
export async function writeAtomically(path: string, write: (handle: FileHandle) => Promise<void>): Promise<void> {
  // Not made of the file's own name, which may be as long as a name can be.
  const temporary = join(dirname(path), `.gramian-${randomBytes(8).toString("hex")}.tmp`);
  let handle: FileHandle;
  try {
    handle = await open(temporary, "wx");
  } catch (cause) {
    throw fileAccess(path, "cannot be written", cause);
  }
  try {
    try {
      await write(handle);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    const fromSystem = cause instanceof Error && "syscall" in cause && !(cause instanceof FileError);
    throw fromSystem ? fileAccess(path, "cannot be written", cause) : cause;
  }
}
