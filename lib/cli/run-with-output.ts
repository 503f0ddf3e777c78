import { Interrupted } from "./interrupted.ts";
import { type OutputDirectory, openOutput } from "./output-directory.ts";
import { type Progress, progressOn } from "./progress.ts";
import { withInterrupt } from "./with-interrupt.ts";

/** What a command that reads, computes and perhaps writes works with. */
export interface CommandRun {
  /** Where results go; null where nobody asked for files. */
  readonly output: OutputDirectory | null;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/**
 * Runs a command's work: the directory of `--out` is made and tried first, progress is shown unless `quiet`, Ctrl-C aborts, and after a
 * failure the bar and the directories that were made for it are taken away, and an interruption says what is on disk.
 */
export async function runWithOutput(
  flags: { readonly out?: string; readonly quiet?: true },
  work: (run: CommandRun) => Promise<void>,
): Promise<void> {
  const progress = progressOn(process.stderr, flags.quiet === true);
  await withInterrupt(async (signal) => {
    const output = flags.out === undefined ? null : await openOutput(flags.out);
    try {
      await work({ output, progress, signal });
    } catch (error) {
      progress.end();
      await output?.abandon();
      if (error instanceof Interrupted) throw new Interrupted(error.signal, output?.kept ?? null);
      throw error;
    }
  });
}
