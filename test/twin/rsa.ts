/** Representational similarity analysis (Kriegeskorte, Mur & Bandettini 2008): two lists of distances, compared. */
import type { Features } from "./features.ts";
import { condensedDistances, type DistanceKind } from "./distances.ts";
import {
  cosineSimilarity,
  countKendall,
  countKendallByMerging,
  kendallTauA,
  pearson,
  spearman,
} from "./rank-correlation.ts";

export type Comparison = "pearson" | "spearman" | "kendall" | "cosine";

/** Up to this many distances, pairs of distances are counted one by one. */
const countable = 5000;

/** NaN where a distance does not exist, or where one list is constant and so orders nothing. */
export function compareDistances(a: Float64Array, b: Float64Array, comparison: Comparison): number {
  if (a.some(Number.isNaN) || b.some(Number.isNaN)) return NaN;
  switch (comparison) {
    case "pearson":
      return pearson(a, b);
    case "spearman":
      return spearman(a, b);
    case "kendall": {
      if ([a, b].some((list) => list.every((value) => value === list[0]))) return NaN;
      return kendallTauA(a.length <= countable ? countKendall(a, b) : countKendallByMerging(a, b));
    }
    case "cosine":
      return cosineSimilarity(a, b);
  }
}

export function rsa(x: Features, y: Features, distance: DistanceKind, comparison: Comparison): number {
  return compareDistances(condensedDistances(x, distance), condensedDistances(y, distance), comparison);
}
