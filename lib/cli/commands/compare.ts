import { compare } from "../../compare.ts";
import { parseKernel } from "../../kernels/parse.ts";
import type { Progress as Phase } from "../../progress.ts";
import { reportEnvironment } from "../../report-environment.ts";
import { toResultsJson } from "../../report/json.ts";
import { type WrittenReport, writeReport } from "../../report/write.ts";
import { FileError } from "../../errors.ts";
import { layerReader } from "../inputs/read-layers.ts";
import { sampleRows } from "../inputs/sample-rows.ts";
import { sidesOf } from "../inputs/sides.ts";
import { Interrupted } from "../interrupted.ts";
import { type OutputDirectory, openOutput } from "../output-directory.ts";
import { OutputError } from "../output-error.ts";
import { printNotes, printTables } from "../print-comparison.ts";
import { printable } from "../printable.ts";
import { type Progress, progressOn } from "../progress.ts";
import { withInterrupt } from "../with-interrupt.ts";
import type { CompareFlags } from "./compare-command.ts";

const phases: Readonly<Record<Phase["phase"], readonly [string, string]>> = {
  medians: ["bandwidths", "layers"],
  tiles: ["comparing", "tiles"],
  batches: ["minibatches", "batches"],
  metrics: ["metrics", "pairs"],
};

/** Hands the engine's phases on to the bar. */
function phaseReporter(progress: Progress): (at: Phase) => void {
  let current: string | null = null;
  return ({ phase, done, total }) => {
    if (phase !== current) {
      current = phase;
      progress.begin(phases[phase][0], total, phases[phase][1]);
    }
    progress.update(done);
  };
}

/** `gramian compare`. */
export async function compareCommand(inputs: readonly string[], flags: CompareFlags): Promise<void> {
  const kernels = flags.kernel?.map((text) => parseKernel(text));
  const output = flags.out === undefined ? null : await openOutput(flags.out);
  const progress = progressOn(process.stderr, flags.quiet);
  try {
    await withInterrupt((signal) => run(inputs, flags, kernels, output, progress, signal));
  } catch (error) {
    progress.end();
    await output?.abandon();
    if (error instanceof Interrupted) throw new Interrupted(error.signal, output?.kept ?? null);
    throw error;
  }
}

async function run(
  inputs: readonly string[],
  flags: CompareFlags,
  kernels: ReturnType<typeof parseKernel>[] | undefined,
  output: OutputDirectory | null,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const sides = await sidesOf(inputs, flags);
  const models = [...sides.rows, ...(sides.columns ?? [])];
  const rows =
    flags.rows === undefined
      ? undefined
      : await sampleRows(flags.rows, flags.seed ?? 0, models[0]!, flags.layers, flags.layerAxis);

  const files = models.reduce((count, model) => count + model.files.length, 0);
  let opened = 0;
  progress.begin("reading", files, files === 1 ? "file" : "files");
  const read = layerReader({
    layers: flags.layers,
    layerAxis: flags.layerAxis as 0 | 1 | 2 | undefined,
    flatten: flags.flatten,
    rows,
    signal,
    onFile: (path) => progress.update(opened++, `reading ${printable(path)}`),
  });
  const readAll = async (side: typeof models): Promise<Awaited<ReturnType<typeof read>>> => {
    const layers = [];
    for (const model of side) layers.push(...(await read(model)));
    return layers;
  };
  const rowLayers = await readAll([...sides.rows]);
  const columnLayers = sides.columns === null ? undefined : await readAll([...sides.columns]);

  const result = await compare(rowLayers, columnLayers, {
    metrics: flags.metric ?? ["cka", "cka.debiased"],
    ...(kernels === undefined ? {} : { kernel: kernels }),
    ...(flags.estimator === undefined ? {} : { estimator: flags.estimator }),
    ...(flags.batch === undefined ? {} : { batch: flags.batch }),
    ...(flags.seed === undefined ? {} : { seed: flags.seed }),
    ...(flags.threads === undefined ? {} : { threads: flags.threads }),
    ...(flags.memoryLimit === undefined ? {} : { memoryLimit: flags.memoryLimit }),
    precision: flags.precision,
    space: flags.space,
    signal,
    onProgress: phaseReporter(progress),
  });
  progress.end();

  const environment = reportEnvironment(["gramian", ...process.argv.slice(2)].map(shellWord).join(" "));
  const title = flags.title === undefined ? {} : { title: flags.title };
  let written: WrittenReport | null = null;
  if (output !== null) {
    try {
      written = await writeReport(output.path, result, environment, { ...title, signal });
    } catch (cause) {
      throw cause instanceof FileError ? OutputError.because(output.path, cause) : cause;
    }
  }
  if (flags.json) process.stdout.write(`${toResultsJson(result, environment).trimEnd()}\n`);
  else printTables(result);
  if (!flags.quiet) {
    printNotes(result);
    if (written !== null) process.stderr.write(`report: ${printable(written.html)}\n`);
  }
}

/** A word of the command line as it would have to be typed. */
function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
