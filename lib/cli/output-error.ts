import { FileError } from "../errors.ts";

/** A result that could not be written: told apart from a file that could not be read by its exit code. */
export class OutputError extends FileError {
  /** Names the place in the sentence, whatever the operating system said. */
  static because(place: string, cause: unknown): OutputError {
    const why = cause instanceof Error ? cause.message : String(cause);
    return new OutputError("FILE_ACCESS", `Could not write to ${place}: ${why}`, { file: place }, { cause });
  }
}
