import { compare } from "../../compare.ts";
import type { CompareOptions } from "../../compare-options.ts";
import { Comparison } from "../../comparison.ts";
import { FileError } from "../../errors.ts";
import { reportEnvironment } from "../../report-environment.ts";
import type { ReportEnvironment } from "../../report/environment.ts";
import { toResultsJson } from "../../report/json.ts";
import { type WrittenReport, writeReport } from "../../report/write.ts";
import { commandLine } from "../command-line.ts";
import { Interrupted } from "../interrupted.ts";
import { type OutputDirectory, openOutput } from "../output-directory.ts";
import { OutputError } from "../output-error.ts";
import { phaseProgress } from "../phase-progress.ts";
import { isSummarised, printNotes, printResult, sizeOf } from "../print-comparison.ts";
import { printable } from "../printable.ts";
import { type Progress, progressOn } from "../progress.ts";
import { type ReadSides, readSides } from "../read-sides.ts";
import { withInterrupt } from "../with-interrupt.ts";
import type { CompareFlags } from "./compare-command.ts";
import { compareOptionsOf } from "./compare-options.ts";

/** `gramian compare`. */
export async function compareCommand(inputs: readonly string[], flags: CompareFlags): Promise<void> {
  const options = compareOptionsOf(flags);
  const progress = progressOn(process.stderr, flags.quiet === true);
  await withInterrupt(async (signal) => {
    const output = flags.out === undefined ? null : await openOutput(flags.out);
    try {
      await run(inputs, flags, { ...options, signal }, output, progress, signal);
    } catch (error) {
      progress.end();
      await output?.abandon();
      if (error instanceof Interrupted) throw new Interrupted(error.signal, output?.kept ?? null);
      throw error;
    }
  });
}

async function run(
  inputs: readonly string[],
  flags: CompareFlags,
  options: CompareOptions,
  output: OutputDirectory | null,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const sides = await readSides(inputs, flags, progress, signal);
  const result = await compareSides(sides, options, progress);
  const environment = reportEnvironment(commandLine(process.argv.slice(2)));
  const written = output === null ? null : await write(output, result, environment, flags, signal);
  const summarised = flags.json === undefined && isSummarised(result, flags.tables === true);
  if (flags.json) process.stdout.write(`${toResultsJson(result, environment).trimEnd()}\n`);
  else printResult(result, summarised);
  if (flags.quiet) return;
  printNotes(result, { ...sides, notes: summarised ? [...sides.notes, whereTablesAre(written)] : sides.notes });
  if (written !== null) process.stderr.write(`report: ${printable(written.html)}\n`);
}

function whereTablesAre(written: WrittenReport | null): string {
  const elsewhere = written === null ? "--out DIR draws them in a report" : "report.html has them all";
  return `a line a metric; --tables prints the tables, ${elsewhere}`;
}

async function compareSides(
  { rows, columns, sample }: ReadSides,
  options: CompareOptions,
  progress: Progress,
): Promise<Comparison> {
  const onProgress = phaseProgress(progress, sizeOf(rows.length, columns?.length ?? null));
  const result = await compare(rows, columns, { ...options, onProgress });
  progress.end();
  if (sample === null) return result;
  // What was done to the samples before they were compared belongs to the options as much as what was done after.
  const { count, of, seed } = sample;
  return new Comparison({ ...result, options: { ...result.options, rowSample: { rows: count, of, seed } } });
}

async function write(
  output: OutputDirectory,
  result: Comparison,
  environment: ReportEnvironment,
  flags: CompareFlags,
  signal: AbortSignal,
): Promise<WrittenReport> {
  try {
    const title = flags.title === undefined ? {} : { title: flags.title };
    return await writeReport(output.path, result, environment, { ...title, signal });
  } catch (cause) {
    throw cause instanceof FileError ? OutputError.because(output.path, cause) : cause;
  }
}
