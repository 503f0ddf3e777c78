import { type ErrorCode, FileError, type FileLocation } from "../errors.ts";
import { quoted, shownPath } from "./quoted.ts";

function where(at: FileLocation): string {
  const tensor = at.tensor === undefined ? "" : `, tensor ${quoted(at.tensor)}`;
  const byte = at.byte === undefined ? "" : `, byte ${at.byte}`;
  return `${shownPath(at.file)}${tensor}${byte}`;
}

/** A {@link FileError} whose message starts with the file, the tensor and the byte. It is made, not thrown. */
export function fileError(
  code: ErrorCode,
  at: FileLocation,
  problem: string,
  more: { readonly cause?: unknown; readonly details?: Record<string, unknown> } = {},
): FileError {
  const options = more.cause === undefined ? undefined : { cause: more.cause };
  return new FileError(code, `${where(at)}: ${problem}`, { ...at, ...more.details }, options);
}

export function corruptFile(at: FileLocation, problem: string, cause?: unknown): FileError {
  return fileError("CORRUPT_FILE", at, problem, { cause });
}

export function unsupportedFormat(file: string, problem: string): FileError {
  return fileError("UNSUPPORTED_FORMAT", { file }, problem);
}

const meanings: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "a part of the path is not a folder",
  EACCES: "permission denied",
  EPERM: "not permitted",
  EISDIR: "it is a folder, not a file",
  EMFILE: "this process has too many files open",
  ENFILE: "the system has too many files open",
  ELOOP: "too many symbolic links",
  ENAMETOOLONG: "the name is too long",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EROFS: "the file system is read-only",
  EBADF: "the file has been closed",
  EIO: "the device reported an error",
};

/** The operating system's refusal; `doing` is what was tried, e.g. `cannot be opened`. Its own error is the cause. */
export function fileAccess(file: string, doing: string, cause: unknown): FileError {
  const code: unknown = (cause as { code?: unknown } | null)?.code;
  const os = typeof code === "string" ? code : "unknown";
  const meaning = meanings[os] ?? (cause instanceof Error ? cause.message : String(cause));
  return fileError("FILE_ACCESS", { file }, `${doing}: ${meaning} (${os}).`, { cause, details: { os } });
}
