import { compare } from "../../compare.ts";
import type { CompareOptions } from "../../compare-options.ts";
import { Comparison } from "../../comparison.ts";
import { reportEnvironment } from "../../report-environment.ts";
import { toResultsJson } from "../../report/json.ts";
import { type WrittenReport, writeReport } from "../../report/write.ts";
import { commandLine } from "../command-line.ts";
import { phaseProgress } from "../phase-progress.ts";
import { isSummarised, printNotes, printResult, sizeOf } from "../print-comparison.ts";
import { printable } from "../printable.ts";
import type { Progress } from "../progress.ts";
import { type ReadSides, readSides } from "../read-sides.ts";
import { type CommandRun, runWithOutput } from "../run-with-output.ts";
import { writeInto } from "../write-into.ts";
import type { CompareFlags } from "./compare-command.ts";
import { compareOptionsOf } from "./compare-options.ts";

/** `gramian compare`. */
export async function compareCommand(inputs: readonly string[], flags: CompareFlags): Promise<void> {
  const options = compareOptionsOf(flags);
  await runWithOutput(flags, async (command) => await run(inputs, flags, options, command));
}

async function run(
  inputs: readonly string[],
  flags: CompareFlags,
  options: CompareOptions,
  { output, progress, signal }: CommandRun,
): Promise<void> {
  const sides = await readSides(inputs, flags, progress, signal);
  const result = await compareSides(sides, { ...options, signal }, progress);
  const environment = reportEnvironment(commandLine(process.argv.slice(2)));
  const title = flags.title === undefined ? {} : { title: flags.title };
  const written = await writeInto(output, (directory) =>
    writeReport(directory, result, environment, { ...title, signal }),
  );
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
