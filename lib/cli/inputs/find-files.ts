import type { Dirent, Stats } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import picomatch from "picomatch";
import { FileError } from "../../errors.ts";
import { naturalCompare } from "../../io/natural-sort.ts";

const readable = /\.(?:npy|npz|safetensors)$/i;

/** What a path leads to: one file, the files of a directory, or those that a glob matches. Always in natural order. */
export type Found =
  | { readonly kind: "file"; readonly files: readonly [string] }
  | { readonly kind: "directory" | "glob"; readonly files: readonly string[] };

/**
 * Finds the files behind a path. Shells expand globs by themselves, but not all of them do, and not inside quotes.
 *
 * @throws FileError FILE_ACCESS when there is nothing, or nothing readable.
 */
export async function findFiles(typed: string): Promise<Found> {
  const what = await statOrNull(typed);
  if (what?.isDirectory()) return { kind: "directory", files: await filesOf(typed) };
  if (what !== null) return { kind: "file", files: [typed] };
  if (!picomatch.scan(typed).isGlob) throw notThere(typed);
  const files = await matching(typed);
  if (files.length === 0) {
    throw new FileError("FILE_ACCESS", `Expected files matching ${typed} but there are none.`, { file: typed });
  }
  return { kind: "glob", files };
}

function notThere(file: string): FileError {
  return new FileError("FILE_ACCESS", `Expected a file or directory at ${file} but there is none.`, { file });
}

async function filesOf(directory: string): Promise<string[]> {
  const entries = await entriesOf(directory);
  const names = entries.filter((entry) => !entry.isDirectory() && readable.test(entry.name)).map((entry) => entry.name);
  if (names.length === 0) {
    throw new FileError(
      "FILE_ACCESS",
      `Expected .npy, .npz or .safetensors files in ${directory} but there are none.`,
      {
        file: directory,
      },
    );
  }
  return names.sort(naturalCompare).map((name) => path.join(directory, name));
}

async function matching(pattern: string): Promise<string[]> {
  const { base, glob } = picomatch.scan(pattern);
  const matches = picomatch(glob);
  const files: string[] = [];
  // Segments beyond this cannot match unless the glob has `**`.
  const depth = glob.includes("**") ? Infinity : glob.split("/").length;
  const walk = async (directory: string, relative: string, left: number): Promise<void> => {
    for (const entry of await entriesOf(directory === "" ? "." : directory)) {
      const name = relative === "" ? entry.name : `${relative}/${entry.name}`;
      const at = path.join(directory, entry.name);
      if (entry.isDirectory()) {
        if (left > 1) await walk(at, name, left - 1);
      } else if (matches(name)) files.push(at);
    }
  };
  await walk(base, "", depth);
  return files.sort(naturalCompare);
}

async function entriesOf(directory: string): Promise<Dirent[]> {
  try {
    return await readdir(directory, { withFileTypes: true });
  } catch (cause) {
    if (isCode(cause, "ENOENT")) return [];
    throw unreadable(directory, cause);
  }
}

async function statOrNull(file: string): Promise<Stats | null> {
  try {
    return await stat(file);
  } catch (cause) {
    if (isCode(cause, "ENOENT") || isCode(cause, "ENOTDIR")) return null;
    throw unreadable(file, cause);
  }
}

function unreadable(file: string, cause: unknown): FileError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new FileError("FILE_ACCESS", `Could not read ${file}: ${why}`, { file }, { cause });
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
