import { FileError } from "../errors.ts";
import type { OutputDirectory } from "./output-directory.ts";
import { OutputError } from "./output-error.ts";

/** Writes results into the directory of `--out`, where there is one; what the system refuses becomes an {@link OutputError}. */
export async function writeInto<T>(
  output: OutputDirectory | null,
  write: (directory: string) => Promise<T>,
): Promise<T | null> {
  if (output === null) return null;
  try {
    return await write(output.path);
  } catch (cause) {
    throw cause instanceof FileError ? OutputError.because(output.path, cause) : cause;
  }
}
