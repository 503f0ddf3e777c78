import type { StitchDirection, StitchedPair, StitchingResult } from "../../stitching-result.ts";
import { visibleName } from "../visible-name.ts";

/** The networks' names as they are shown; equal ones are numbered. */
export function networkNames({ networks }: StitchingResult): string[] {
  const names = networks.map(({ name }) => visibleName(name));
  return names.map((name, i) => (names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} (${i + 1})`));
}

/** `mlp-a → mlp-b`. */
export function directionName(result: StitchingResult, { from, to }: Pick<StitchDirection, "from" | "to">): string {
  const names = networkNames(result);
  return `${names[from]} → ${names[to]}`;
}

/** The names of a network's layers as they are shown. */
export function layerNamesOf(result: StitchingResult, network: number): string[] {
  return result.networks[network]!.layers.map(({ layer }) => visibleName(layer.name));
}

/** `relu2 → relu3`. */
export function pairName(result: StitchingResult, direction: StitchDirection, pair: StitchedPair): string {
  const from = result.networks[direction.from]!.layers[pair.from]!.layer.name;
  const to = result.networks[direction.to]!.layers[pair.to]!.layer.name;
  return `${visibleName(from)} → ${visibleName(to)}`;
}
