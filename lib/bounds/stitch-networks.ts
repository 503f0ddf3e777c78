import { checkFeatures } from "../stitching/check-sides.ts";
import { checkArray, checkInteger, checkNumber, checkOptions, expected } from "../check.ts";
import { compare } from "../compare.ts";
import type { Network } from "../heads/head.ts";
import { checkSameSamples } from "../spectral/check-layers.ts";
import type { StitcherMethod } from "../stitching/stitcher.ts";
import { stitchers } from "../stitching/stitchers.ts";
import type { StitchDirection, StitchingResult } from "../stitching-result.ts";
import { stopwatch } from "../stopwatch.ts";
import { checkTargetNumbers, type Targets } from "../task/targets.ts";
import { checkWorkOptions, workKeys, type WorkOptions, workOptionsOf } from "../work-options.ts";
import { checkHeadFits } from "./check-stitching.ts";
import { describe, type NetworkLayers, prepare, type PreparedNetwork, type SweepTask } from "./prepared-network.ts";
import { twoSidedOf } from "./risk-gap-bound.ts";
import { classesOf } from "./scored.ts";
import { splitRows } from "./split-rows.ts";
import { runDirection, type Sweep } from "./stitch-direction.ts";

/** Options of {@link stitchNetworks}. */
export interface StitchNetworksOptions extends WorkOptions {
  /** How stitchers are fitted: `stitchers.affine()` by default. */
  readonly stitcher?: StitcherMethod;
  /** The share of the rows to fit on, above 0 and at most 1. 1 by default: all of them, and none held out. */
  readonly split?: number;
  /** Of the split. 0 by default. */
  readonly seed?: number;
  /** A third network, as a rule untrained, from which both others are stitched: what a stitcher learns by itself. */
  readonly baseline?: NetworkLayers;
}

function checkNetwork(value: unknown, name: string): NetworkLayers {
  const given = checkOptions(value, name, ["network", "layers"]);
  const network = given.network as Partial<Network> | null | undefined;
  if (typeof network !== "object" || network === null || typeof network.head !== "function") {
    throw expected("a network, such as loadNetwork() answers,", `${name}.network`, given.network);
  }
  const layers = checkArray(given.layers, `${name}.layers`).map((layer, i) =>
    checkFeatures(layer, `${name}.layers[${i}]`),
  );
  if (layers.length === 0) throw expected("at least one layer", `${name}.layers`, given.layers);
  for (const layer of layers) {
    checkSameSamples(layers[0]!, layer);
    checkHeadFits((network as Network).head(layer.name), layer.features, String(layer));
  }
  return { network: network as Network, layers };
}

/**
 * Stitches every layer of one network to every layer of another, both ways, and runs each stitched network: its measured risk, what the
 * network stitched into has by itself, the stitcher's matching error, the bound of theorem 1 and its slack, on the rows that the stitchers
 * were fitted on and on rows held out; and for each direction the bound of theorem 2 on the gap between the networks' risks, with the
 * pair of layers that gives it. With a `baseline` both networks are also stitched into from an untrained one.
 *
 * Layers are n×d of any widths on the same n samples, row for row; targets n×t or n labels. One factorisation a source layer and direction;
 * every pair costs its products and one run of the head. The event loop stays free.
 *
 * @throws ArgumentError with code INVALID_ARGUMENT, SHAPE_MISMATCH (layers of other lengths, heads of other widths) or NO_SUCH_POINT (a layer
 * whose name is no stitch point); the signal's reason when it is aborted.
 *
 * Source: Insulla, Huang and Rosasco 2025, section 4, theorems 1 and 2, remark 6.
 *
 * @example
 * ```ts
 * import { loadNetwork, Representation, stitchNetworks } from "gramian";
 * const read = async (name: string) => ({
 *   network: await loadNetwork(`examples/mnist/${name}.weights.safetensors`),
 *   layers: await Representation.loadAll(`examples/mnist/${name}.safetensors`, "relu*"),
 * });
 * const targets = await Representation.load("examples/mnist/targets.safetensors", "onehot");
 * const result = await stitchNetworks(await read("mlp-a"), await read("mlp-b"), targets, { split: 0.8, seed: 1 });
 * const pairs = result.directions.flatMap((direction) => direction.pairs);
 * console.log(pairs.every(({ heldOut }) => heldOut!.risk <= heldOut!.bound)); // true
 * ```
 */
export async function stitchNetworks(
  first: NetworkLayers,
  second: NetworkLayers,
  targets: Targets,
  options?: StitchNetworksOptions,
): Promise<StitchingResult> {
  const started = performance.now();
  const given = checkOptions(options, "stitchNetworks(options)", [
    "stitcher",
    "split",
    "seed",
    "baseline",
    ...workKeys,
  ]);
  const work = checkWorkOptions(given);
  const method = (given.stitcher ?? stitchers.affine()) as StitcherMethod;
  if (typeof method?.fit !== "function")
    throw expected("a way to stitch, such as stitchers.affine()", "stitcher", method);
  const share = given.split === undefined ? 1 : checkNumber(given.split, "split", { above: 0, max: 1 });
  const seed = given.seed === undefined ? 0 : checkInteger(given.seed, "seed", { min: 0, max: 2 ** 32 - 1 });
  const inputs = [checkNetwork(first, "first"), checkNetwork(second, "second")];
  if (given.baseline !== undefined) inputs.push(checkNetwork(given.baseline, "baseline"));
  const { samples } = inputs[0]!.layers[0]!;
  for (const { layers } of inputs) checkSameSamples(inputs[0]!.layers[0]!, layers[0]!);
  const { representation } = checkTargetNumbers(targets, samples, "targets");
  const split = share === 1 ? null : splitRows(samples, share, { seed });
  const task: SweepTask = { targets: representation, classes: classesOf(representation), split };
  work.signal?.throwIfAborted();

  const watch = stopwatch();
  const quiet = workOptionsOf({ ...work, onProgress: undefined });
  const networks: PreparedNetwork[] = [];
  for (const [k, network] of inputs.entries()) networks.push(await prepare(network, k === 2, task, quiet));
  watch.lap("heads");
  const layers = inputs.flatMap((input) => input.layers);
  const alignment = await compare(layers, undefined, { metrics: ["cka.debiased", "ka"], ...workOptionsOf(work) });
  watch.lap("alignment");
  const ways = [
    [0, 1],
    [1, 0],
    ...(inputs.length > 2
      ? [
          [2, 0],
          [2, 1],
        ]
      : []),
  ] as const;
  const total = ways.reduce((sum, [from, to]) => sum + inputs[from]!.layers.length * inputs[to]!.layers.length, 0);
  let done = 0;
  const sweep: Sweep = {
    networks,
    method,
    task,
    work: { ...work, onProgress: undefined },
    alignment,
    offsets: inputs.map((_, k) => inputs.slice(0, k).reduce((sum, input) => sum + input.layers.length, 0)),
    tick: () => work.onProgress?.({ phase: "stitchers", done: (done += 1), total }),
  };
  const directions: StitchDirection[] = [];
  for (const [from, to] of ways) directions.push(await runDirection(sweep, from, to));
  watch.lap("stitching");
  const [forth, back] = [directions[0]!.gap, directions[1]!.gap];
  return {
    samples,
    rows: { fitted: split?.fitted.length ?? samples, heldOut: split?.heldOut.length ?? 0, split: share, seed },
    stitcher: method.name,
    targets: { name: representation.name, columns: representation.features },
    networks: networks.map((network) => describe(network, task)),
    directions,
    twoSided: {
      fitted: twoSidedOf(forth.fitted, back.fitted),
      heldOut: split === null ? null : twoSidedOf(forth.heldOut!, back.heldOut!),
    },
    timings: { ...watch.laps, total: performance.now() - started },
    options: { stitcher: method.name, split: share, seed, threads: work.threads },
  };
}
