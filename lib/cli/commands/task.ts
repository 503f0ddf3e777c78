import { parseKernel } from "../../kernels/parse.ts";
import { reportEnvironment } from "../../report-environment.ts";
import { taskJson } from "../../report/task/json.ts";
import { taskHeader, taskReasons, taskRows } from "../../report/task/rows.ts";
import { type WrittenTask, writeTaskReport } from "../../report/task/write.ts";
import { taskAlignment } from "../../task/alignment.ts";
import type { TaskOptions } from "../../task/options.ts";
import type { TaskAlignment } from "../../task-result.ts";
import { alignedTable } from "../aligned-table.ts";
import { commandLine } from "../command-line.ts";
import { formatDuration } from "../format-duration.ts";
import { readTargets } from "../inputs/read-targets.ts";
import { phaseProgress } from "../phase-progress.ts";
import { sizeOf } from "../print-comparison.ts";
import { printable } from "../printable.ts";
import { readSides } from "../read-sides.ts";
import { type CommandRun, runWithOutput } from "../run-with-output.ts";
import { style } from "../style.ts";
import { writeInto } from "../write-into.ts";
import type { TaskFlags } from "./task-command.ts";

function optionsOf({ kernel, lambda, seed, threads }: TaskFlags): TaskOptions {
  return {
    ...(kernel === undefined ? {} : { kernel: parseKernel(kernel) }),
    ...(lambda === undefined ? {} : { lambdas: lambda }),
    ...(seed === undefined ? {} : { seed }),
    ...(threads === undefined ? {} : { threads }),
  };
}

/** `gramian task`. */
export async function taskCommand(inputs: readonly string[], flags: TaskFlags): Promise<void> {
  const options = optionsOf(flags);
  await runWithOutput(flags, async (command) => await run(inputs, flags, options, command));
}

async function run(
  inputs: readonly string[],
  flags: TaskFlags,
  options: TaskOptions,
  { output, progress, signal }: CommandRun,
): Promise<void> {
  // First, since it is small: a slip in the tensor's name should not cost the reading of all layers.
  const targets = await readTargets(flags.targets, signal);
  const { layers, layerAxis, flatten } = flags;
  const sides = await readSides(
    inputs,
    {
      precision: "auto",
      space: "auto",
      ...(layers === undefined ? {} : { layers }),
      ...(layerAxis === undefined ? {} : { layerAxis }),
      ...(flatten === undefined ? {} : { flatten }),
    },
    progress,
    signal,
  );
  const all = [...sides.rows, ...(sides.columns ?? [])];
  const onProgress = phaseProgress(progress, `${sizeOf(all.length, null)} with the targets`);
  const result = await taskAlignment(all, targets, { ...options, signal, onProgress });
  progress.end();
  const environment = reportEnvironment(commandLine(process.argv.slice(2)));
  const title = flags.title === undefined ? {} : { title: flags.title };
  const written = await writeInto(output, (directory) =>
    writeTaskReport(directory, result, environment, { ...title, signal }),
  );
  if (flags.json) process.stdout.write(taskJson(result, environment));
  else process.stdout.write(`${alignedTable(taskHeader(result), taskRows(result)).join("\n")}\n`);
  if (!flags.quiet) printNotes(result, sides.notes, written);
}

function printNotes(result: TaskAlignment, notes: readonly string[], written: WrittenTask | null): void {
  const { stderr } = process;
  for (const reason of taskReasons(result)) stderr.write(`${style(stderr, "yellow", "–")} ${printable(reason)}\n`);
  for (const note of notes) stderr.write(`${style(stderr, "cyan", "note:")} ${note}\n`);
  const { samples, kernel, targets, timings } = result;
  const what = targets.classes === null ? `${targets.columns} target columns` : `${targets.columns} classes`;
  const line = `${sizeOf(result.layers.length, null)} under the ${kernel} kernel, ${what}, ${samples} samples, in ${formatDuration((timings["total"] ?? NaN) / 1000)}`;
  stderr.write(`${style(stderr, "dim", line)}\n`);
  if (written !== null) stderr.write(`report: ${printable(written.html)}\n`);
}
