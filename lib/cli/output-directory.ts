import { constants, existsSync } from "node:fs";
import { access, mkdir, rmdir } from "node:fs/promises";
import path from "node:path";
import { OutputError } from "./output-error.ts";

/** A directory that results can be written to. */
export interface OutputDirectory {
  readonly path: string;
  /** What is there if the run ends before anything was written. */
  readonly kept: string;
  /** Takes away the directories that were made for this run, as long as they are empty. */
  abandon(): Promise<void>;
}

/**
 * Makes `directory` and makes sure that it can be written to: before the work, since a refusal after an hour is worth nothing.
 *
 * @throws OutputError when it is a file, or rights are missing.
 */
export async function openOutput(directory: string): Promise<OutputDirectory> {
  let made: string | undefined;
  try {
    made = await mkdir(directory, { recursive: true });
    await access(directory, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw OutputError.because(directory, cause);
  }
  const earlier = existsSync(path.join(directory, "results.json"));
  return {
    path: directory,
    kept: earlier ? `${directory} still holds the results of the earlier run.` : "Nothing was written.",
    async abandon() {
      if (made === undefined) return;
      try {
        // From the innermost up to the first that was missing; rmdir refuses whatever is not empty.
        const top = path.dirname(path.resolve(made));
        for (let at = path.resolve(directory); at !== top; at = path.dirname(at)) await rmdir(at);
      } catch {
        // Somebody put something there meanwhile: it is theirs.
      }
    },
  };
}
