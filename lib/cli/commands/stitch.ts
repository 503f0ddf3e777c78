import { splitRows } from "../../bounds/split-rows.ts";
import { stitchingBound } from "../../bounds/stitching-bound.ts";
import type { Head } from "../../heads/head.ts";
import { lipschitz } from "../../heads/lipschitz.ts";
import { loadNetwork } from "../../heads/load-network.ts";
import type { Representation } from "../../representation.ts";
import { reportEnvironment } from "../../report-environment.ts";
import { parseStitcher } from "../../stitching/parse.ts";
import type { Stitcher, StitcherMethod } from "../../stitching/stitcher.ts";
import { taskAwareStitcher } from "../../stitching/task-aware.ts";
import { checkTargetNumbers } from "../../task/targets.ts";
import type { StitchEvaluation } from "../../stitching-result.ts";
import type { WorkOptions } from "../../work-options.ts";
import { commandLine } from "../command-line.ts";
import { formatDuration } from "../format-duration.ts";
import { readLayer } from "../inputs/read-layer.ts";
import { readTargets } from "../inputs/read-targets.ts";
import { needsBeside } from "../needs-beside.ts";
import { phaseProgress } from "../phase-progress.ts";
import { printStitch } from "../print-stitch.ts";
import { printable } from "../printable.ts";
import { type CommandRun, runWithOutput } from "../run-with-output.ts";
import { cannotSave, saveStitcher } from "../save-stitcher.ts";
import { stitchJson } from "../stitch-json.ts";
import type { StitchedLayer, StitchOnRows } from "../stitched-layer.ts";
import { style } from "../style.ts";
import type { StitchFlags } from "./stitch-command.ts";

/** `gramian stitch`. */
export async function stitchCommand(flags: StitchFlags): Promise<void> {
  if (flags.seed !== undefined && flags.split === undefined) throw needsBeside("--seed", "--split");
  const method = parseStitcher(flags.stitcher);
  if (flags.save !== undefined && method.kind === "kernel-ridge") throw cannotSave(method.name);
  await runWithOutput(flags.quiet === undefined ? {} : { quiet: flags.quiet }, async (command) => {
    await run(flags, method, command);
  });
}

interface Inputs {
  readonly source: Representation;
  readonly target: Representation;
  readonly head: Head;
  readonly targets: Representation;
}

/** The small files first: a slip in a name should not cost the reading of the layers. */
async function read(flags: StitchFlags, signal: AbortSignal): Promise<Inputs> {
  const labels = await readTargets(flags.targets, signal);
  const network = await loadNetwork(flags.head, {
    ...(flags.order === undefined ? {} : { order: flags.order }),
    signal,
  });
  const target = await readLayer(flags.to, "--to", signal);
  const head = network.head(flags.headFrom ?? target.name);
  const source = await readLayer(flags.from, "--from", signal);
  return { source, target, head, targets: checkTargetNumbers(labels, source.samples, "--targets").representation };
}

async function run(flags: StitchFlags, method: StitcherMethod, { progress, signal }: CommandRun): Promise<void> {
  const inputs = await read(flags, signal);
  const started = performance.now();
  const work: WorkOptions = {
    ...(flags.threads === undefined ? {} : { threads: flags.threads }),
    signal,
    onProgress: phaseProgress(progress, "2 layers"),
  };
  const { source, target, head, targets } = inputs;
  // Before anything is fitted: a head without a constant is refused, and the caller's word is the cure.
  const known = flags.lipschitz === undefined ? await lipschitz(head, { ...work, samples: target }) : null;
  const split = flags.split === undefined ? null : splitRows(source.samples, flags.split, { seed: flags.seed ?? 0 });
  const fittedRows = split === null ? {} : { rows: split.fitted };
  const stitcher = await method.fit(source, target, { ...work, ...fittedRows });
  const searched = flags.taskAware
    ? (await taskAwareStitcher({ source, head, targets, target, start: stitcher, ...fittedRows }, work)).stitcher
    : null;
  const bound = flags.lipschitz === undefined ? {} : { lipschitz: flags.lipschitz };
  const evaluate = async (one: Stitcher, on: { readonly rows?: Uint32Array }): Promise<StitchEvaluation> => {
    const model = { source, target, stitcher: one, head, targets };
    // κ and the rows are told once, for all evaluations.
    const { kappa: _, rows: __, ...evaluation } = await stitchingBound(model, { ...work, ...on, ...bound });
    return evaluation;
  };
  const onRows = async (rows: { readonly rows?: Uint32Array }, fitted: boolean): Promise<StitchOnRows> => {
    const evaluation = await evaluate(stitcher, rows);
    const matching = fitted ? stitcher.fitted : await stitcher.error(source, target, { ...work, ...rows });
    return { matching, evaluation, taskAware: searched === null ? null : await evaluate(searched, rows) };
  };
  const fitted = await onRows(fittedRows, true);
  const heldOut = split === null ? null : await onRows({ rows: split.heldOut }, false);
  progress.end();
  const { name, kind, inputs: width, outputs, lambda, rank } = stitcher;
  const result: StitchedLayer = {
    from: `${source.source ?? ""}:${source.name}`,
    to: `${target.source ?? ""}:${target.name}`,
    head: head.name,
    stitcher: { name, kind, inputs: width, outputs, lambda, rank },
    kappa:
      known === null
        ? { constant: flags.lipschitz!, method: "given", parts: [] }
        : { constant: known.constant, method: known.method, parts: known.parts },
    sampledKappa: known?.sampled?.constant ?? null,
    rows: {
      fitted: split?.fitted.length ?? source.samples,
      heldOut: split?.heldOut.length ?? 0,
      split: flags.split ?? 1,
      seed: flags.seed ?? 0,
    },
    fitted,
    heldOut,
    milliseconds: performance.now() - started,
  };
  if (flags.save !== undefined) await saveStitcher(flags.save, searched ?? stitcher, signal);
  if (flags.json) process.stdout.write(stitchJson(result, reportEnvironment(commandLine(process.argv.slice(2)))));
  else printStitch(result);
  if (!flags.quiet) printNotes(result, flags);
}

function printNotes({ rows, milliseconds }: StitchedLayer, { save, taskAware }: StitchFlags): void {
  const { stderr } = process;
  const split = rows.heldOut > 0 ? `seed ${rows.seed}` : "all rows fitted on: --split 0.8 holds some out";
  stderr.write(
    `${style(stderr, "dim", `${rows.fitted + rows.heldOut} samples, ${split}, in ${formatDuration(milliseconds / 1000)}`)}\n`,
  );
  if (save !== undefined) stderr.write(`${taskAware ? "task-aware stitcher" : "stitcher"}: ${printable(save)}\n`);
}
