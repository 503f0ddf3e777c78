import { ArgumentError, GramianError } from "../errors.ts";
import type { Network } from "../heads/head.ts";
import { summarise } from "../layer-summary.ts";
import type { Representation } from "../representation.ts";
import type { Lipschitz, OwnRisk, StitchedNetwork } from "../stitching-result.ts";
import type { WorkOptions } from "../work-options.ts";
import { riskOver, score, type Scored } from "./scored.ts";
import type { RowSplit } from "./split-rows.ts";

/** A network, and its features at some of its stitch points in order of depth. */
export interface NetworkLayers {
  readonly network: Network;
  /** n×d each; the names are stitch points of the network. */
  readonly layers: readonly Representation[];
}

/** A network made ready: heads, κ and risk at every layer. */
export interface PreparedNetwork {
  readonly name: string;
  readonly baseline: boolean;
  readonly network: Network;
  readonly layers: readonly Representation[];
  readonly kappas: readonly (Lipschitz | { readonly reason: string })[];
  /** Of the head behind every layer on that layer. */
  readonly own: readonly Scored[];
}

/** What the networks are for, and which rows count. */
export interface SweepTask {
  readonly targets: Representation;
  readonly classes: Uint32Array | null;
  /** Null for all rows. */
  readonly split: RowSplit | null;
}

/** κ of a head, or why there is none. */
async function kappaOrReason(
  network: Network,
  point: string,
  work: WorkOptions,
): Promise<Lipschitz | { readonly reason: string }> {
  try {
    return await network.head(point).lipschitz(work);
  } catch (error) {
    if (error instanceof GramianError && error.code === "NOT_LIPSCHITZ") return { reason: error.message };
    throw error;
  }
}

/** Runs every head on its own layer. */
export async function prepare(
  given: NetworkLayers,
  baseline: boolean,
  task: SweepTask,
  work: WorkOptions,
): Promise<PreparedNetwork> {
  const { network, layers } = given;
  const kappas: (Lipschitz | { readonly reason: string })[] = [];
  const own: Scored[] = [];
  for (const layer of layers) {
    const head = network.head(layer.name);
    if (head.outputs !== task.targets.features) {
      throw new ArgumentError(
        "SHAPE_MISMATCH",
        `Expected ${head.outputs} target columns, as many as ${network.name} has outputs, but received ${String(task.targets)}.`,
        { expected: head.outputs, received: task.targets.features },
      );
    }
    kappas.push(await kappaOrReason(network, layer.name, work));
    own.push(await score(await head.apply(layer, work), task.targets, task.classes));
  }
  return { name: network.name, baseline, network, layers, kappas, own };
}

/** (index + 1)/(layers): 1 at the output. */
export function depthOf({ layers }: PreparedNetwork, index: number): number {
  return (index + 1) / layers.length;
}

/** The deepest layer's risk is the network's: all its layers are of one run, so they agree to rounding. */
export function networkRisk({ own }: PreparedNetwork, rows: Uint32Array | null): OwnRisk {
  return riskOver(own.at(-1)!, rows);
}

/** What a result remembers of a network. */
export function describe(network: PreparedNetwork, task: SweepTask): StitchedNetwork {
  return {
    name: network.name,
    baseline: network.baseline,
    layers: network.layers.map((layer, i) => {
      const kappa = network.kappas[i]!;
      const known = "reason" in kappa ? { lipschitz: null, reason: kappa.reason } : { lipschitz: kappa, reason: null };
      return { layer: summarise(layer), depth: depthOf(network, i), ...known };
    }),
    fitted: networkRisk(network, task.split?.fitted ?? null),
    heldOut: task.split === null ? null : networkRisk(network, task.split.heldOut),
  };
}
