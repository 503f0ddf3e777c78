// What `stitch` and `bounds` call of the rooms that fit, run and bound stitched networks.
import { SystemError } from "../../errors.ts";
import type { Head, Network } from "../../heads/head.ts";
import type { Representation } from "../../representation.ts";
import type { Stitcher, StitcherMethod } from "../../stitching/stitcher.ts";
import type { Lipschitz, StitchEvaluation, StitchingResult } from "../../stitching-result.ts";
import type { WorkOptions } from "../../work-options.ts";

export interface NetworkLayers {
  readonly network: Network;
  readonly layers: readonly Representation[];
}

function missing(name: string): never {
  throw new SystemError("INTERNAL", `${name} is not part of this build.`);
}

export function parseStitcher(text: string): StitcherMethod {
  return missing(`parseStitcher (${text})`);
}

export async function loadNetwork(
  file: string,
  options: { readonly order?: string; readonly signal?: AbortSignal },
): Promise<Network> {
  return missing(`loadNetwork (${file}, ${options.order})`);
}

export function splitRows(
  n: number,
  share: number,
  options: { readonly seed?: number },
): { readonly fitted: Uint32Array; readonly heldOut: Uint32Array } {
  return missing(`splitRows (${n}, ${share}, ${options.seed})`);
}

export async function lipschitz(
  head: Head,
  options: WorkOptions & { readonly samples?: Representation },
): Promise<Lipschitz & { readonly sampled: { readonly constant: number } | null }> {
  return missing(`lipschitz (${head.name}, ${options.threads})`);
}

export async function taskAwareStitcher(
  model: {
    readonly source: Representation;
    readonly head: Head;
    readonly targets: Representation;
    readonly start: Stitcher;
    readonly rows?: Uint32Array;
  },
  options: WorkOptions,
): Promise<Stitcher> {
  return missing(`taskAwareStitcher (${model.head.name}, ${options.threads})`);
}

export async function stitchingBound(
  model: {
    readonly source: Representation;
    readonly target: Representation;
    readonly stitcher: Stitcher;
    readonly head: Head;
    readonly targets: Representation;
  },
  options: WorkOptions & { readonly rows?: Uint32Array; readonly lipschitz?: number },
): Promise<StitchEvaluation & { readonly kappa: Lipschitz }> {
  return missing(`stitchingBound (${model.head.name}, ${options.threads})`);
}

export async function stitchNetworks(
  first: NetworkLayers,
  second: NetworkLayers,
  targets: Representation,
  options: WorkOptions & {
    readonly stitcher?: StitcherMethod;
    readonly split?: number;
    readonly seed?: number;
    readonly baseline?: NetworkLayers;
  },
): Promise<StitchingResult> {
  return missing(`stitchNetworks (${first.network.name}, ${second.network.name}, ${targets.name}, ${options.threads})`);
}
