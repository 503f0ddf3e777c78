import { randomBytes } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import { FileError } from "../errors.ts";

export interface PlannedFile {
  readonly path: string;
  /** Makes the content when its turn comes, so that not all files are in memory at once. */
  readonly parts: () => Iterable<string>;
}

/** Characters that are written at a time. */
const chunk = 1 << 20;

/** The error of a file or directory that the operating system refuses. */
export function fileAccessError(file: string, what: string, cause: unknown): FileError {
  const code = (cause as NodeJS.ErrnoException).code ?? "unknown";
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `Expected ${what} but received ${JSON.stringify(file)} of type string: ${reason}.`;
  return new FileError("FILE_ACCESS", message, { file, reason: code }, { cause });
}

async function writeParts(path: string, parts: Iterable<string>, signal: AbortSignal | undefined): Promise<void> {
  const file = await open(path, "wx");
  try {
    let pending = "";
    const flush = async (): Promise<void> => {
      signal?.throwIfAborted();
      await file.writeFile(pending);
      pending = "";
    };
    for (const part of parts) {
      pending += part;
      if (pending.length >= chunk) await flush();
    }
    await flush();
    // The move must not overtake the content: after a power cut there would be an empty file under the final name.
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Writes files under passing names in their own directory, then moves all of them to their places; on failure removes what it wrote. */
export async function writeTogether(files: readonly PlannedFile[], signal?: AbortSignal): Promise<void> {
  const mark = randomBytes(6).toString("hex");
  const passing = files.map(({ path }) => join(dirname(path), `.${basename(path)}.${mark}.tmp`));
  let current = "";
  try {
    for (const [i, { path, parts }] of files.entries()) {
      current = path;
      await writeParts(passing[i] ?? path, parts(), signal);
    }
    signal?.throwIfAborted();
    for (const [i, { path }] of files.entries()) {
      current = path;
      await rename(passing[i] ?? path, path);
    }
  } catch (cause) {
    await Promise.all(passing.map((path) => rm(path, { force: true }).catch(() => undefined)));
    if (signal?.aborted === true) throw signal.reason;
    if ((cause as NodeJS.ErrnoException).syscall === undefined) throw cause;
    throw fileAccessError(current, "a file that can be written", cause);
  }
}
