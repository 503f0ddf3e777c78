import type { NetworkLayers } from "../../bounds/prepared-network.ts";
import { stitchNetworks } from "../../bounds/stitch-networks.ts";
import { loadNetwork } from "../../heads/load-network.ts";
import { reportEnvironment } from "../../report-environment.ts";
import { stitchingJson } from "../../report/stitching/json.ts";
import { writeStitchingReport } from "../../report/stitching/write.ts";
import type { Representation } from "../../representation.ts";
import { parseStitcher } from "../../stitching/parse.ts";
import type { StitcherMethod } from "../../stitching/stitcher.ts";
import { checkTargetNumbers } from "../../task/targets.ts";
import { commandLine } from "../command-line.ts";
import { findModels } from "../inputs/find-models.ts";
import { layerReader } from "../inputs/read-layers.ts";
import { readTargets } from "../inputs/read-targets.ts";
import { type StitchableLayers, stitchableLayers } from "../inputs/stitchable-layers.ts";
import { survey } from "../inputs/survey.ts";
import { weightsBeside } from "../inputs/weights-beside.ts";
import { needsBeside } from "../needs-beside.ts";
import { phaseProgress } from "../phase-progress.ts";
import { printStitching, printStitchingNotes } from "../print-stitching.ts";
import { printable } from "../printable.ts";
import type { Progress } from "../progress.ts";
import { type CommandRun, runWithOutput } from "../run-with-output.ts";
import { UsageError } from "../usage-error.ts";
import { writeInto } from "../write-into.ts";
import type { BoundsFlags } from "./bounds-command.ts";

/** `gramian bounds`. */
export async function boundsCommand(first: string, second: string, flags: BoundsFlags): Promise<void> {
  if (flags.seed !== undefined && flags.split === undefined) throw needsBeside("--seed", "--split");
  if (flags.baselineWeights !== undefined && flags.baseline === undefined) {
    throw needsBeside("--baseline-weights", "--baseline");
  }
  if (flags.weights !== undefined && flags.weights.length !== 2) {
    throw new UsageError(
      `Expected two files for --weights, one a network, but received ${flags.weights.length}.`,
      "Put --weights behind the activations: every word up to the next option is taken for a file.",
    );
  }
  const method = parseStitcher(flags.stitcher);
  await runWithOutput(flags, async (command) => await run([first, second], flags, method, command));
}

async function run(
  typed: readonly string[],
  flags: BoundsFlags,
  method: StitcherMethod,
  { output, progress, signal }: CommandRun,
): Promise<void> {
  const labels = await readTargets(flags.targets, signal);
  const places = flags.baseline === undefined ? typed : [...typed, flags.baseline];
  const [first, second, baseline] = await readNetworks(places, flags, progress, signal);
  const { samples } = first!.layers[0]!;
  const targets = checkTargetNumbers(labels, samples, "--targets").representation;
  const size = `${first!.layers.length} × ${second!.layers.length} layers`;
  const result = await stitchNetworks(networkOf(first!), networkOf(second!), targets, {
    stitcher: method,
    ...(flags.split === undefined ? {} : { split: flags.split, seed: flags.seed ?? 0 }),
    ...(baseline === undefined ? {} : { baseline: networkOf(baseline) }),
    ...(flags.threads === undefined ? {} : { threads: flags.threads }),
    signal,
    onProgress: phaseProgress(progress, size),
  });
  progress.end();
  const environment = reportEnvironment(commandLine(process.argv.slice(2)));
  const title = flags.title === undefined ? {} : { title: flags.title };
  const written = await writeInto(output, (directory) =>
    writeStitchingReport(directory, result, environment, { ...title, signal }),
  );
  if (flags.json) process.stdout.write(stitchingJson(result, environment));
  else printStitching(result);
  const notes = [first, second, baseline].flatMap((one) => one?.notes ?? []);
  if (!flags.quiet) printStitchingNotes(result, notes, written);
}

function networkOf({ network, layers }: StitchableLayers): NetworkLayers {
  return { network, layers };
}

/** The networks with their layers: headers and weights first, which are small, then the activations. */
async function readNetworks(
  places: readonly string[],
  flags: BoundsFlags,
  progress: Progress,
  signal: AbortSignal,
): Promise<StitchableLayers[]> {
  const models = [];
  for (const place of places) {
    const found = await findModels([place], false);
    const [model, ...more] = found;
    if (model === undefined || more.length > 0) {
      throw new UsageError(`Expected one network at ${place} but received ${found.length}.`);
    }
    models.push(model);
  }
  const surveyed = await survey(models, { layers: flags.layers, layerAxis: undefined, signal });
  const typed = [flags.weights?.[0], flags.weights?.[1], flags.baselineWeights];
  const networks = [];
  for (const [i, { place }] of models.entries()) {
    const weights = weightsBeside(place, typed[i], i < 2 ? "--weights" : "--baseline-weights");
    networks.push(await loadNetwork(weights, { signal }));
  }
  let done = 0;
  const total = [...surveyed.values()].reduce((count, { tensors }) => count + tensors.length, 0);
  progress.begin("reading", total, "tensors");
  const read = layerReader({
    surveyed,
    layerAxis: undefined,
    flatten: flags.flatten === true,
    rows: undefined,
    signal,
    onFile: (path) => progress.update(done, `reading ${printable(path)}`),
    onTensor: () => progress.update((done += 1)),
  });
  const layers: (readonly Representation[])[] = [];
  for (const model of models) layers.push(await read([model]));
  progress.end();
  return networks.map((network, i) => stitchableLayers(network, layers[i]!));
}
