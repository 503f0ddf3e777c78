import type { MetricEntry } from "../../catalogue.ts";
import type { CostClass, Invariances } from "../../metrics/metric.ts";
import { typographic } from "../../report/format.ts";

function end(value: number): string {
  // π/2 is the only end that no decimal number hits.
  return value === Math.PI / 2 ? "π/2" : typographic(String(value));
}

/** The range of a metric for people: `0 … 1`, `0 or more`. */
export function rangeWords([low, high]: MetricEntry["range"]): string {
  if (low !== null && high !== null) return `${end(low)} … ${end(high)}`;
  if (low !== null) return `${end(low)} or more`;
  return high === null ? "any number" : `${end(high)} or less`;
}

/** How a metric treats the two layers. */
export function directionWords({ symmetric }: Pick<MetricEntry, "symmetric">): string {
  return symmetric ? "symmetric" : "directed";
}

/** What one more metric costs, a word or two for the list. */
export const costWords: Readonly<Record<CostClass, string>> = {
  tiles: "one pass for all pairs",
  factor: "a factorisation a layer",
  pair: "a job a pair",
  ranks: "a sort of all distances",
};

/** The same in a sentence. */
export const costSentences: Readonly<Record<CostClass, string>> = {
  tiles: "read off the one pass over the tiles that serves all pairs; beside other metrics it costs next to nothing",
  factor: "one factorisation for each layer, then the one pass over the tiles for all pairs",
  pair: "a job of its own for each pair of layers, the factorisations of the layers shared",
  ranks: "all n(n−1)/2 distances of each layer sorted once, then compared pair by pair",
};

/** What is done to the features of a layer, in words. */
export const invarianceWords: Readonly<Record<keyof Invariances, string>> = {
  translation: "a vector added to every row",
  scale: "multiplication by a positive number",
  rotation: "rotations and reflections of the features",
  linear: "invertible linear maps of the features",
  permutation: "the order of the samples, the same in both layers",
  duplication: "a twin of every feature",
};
