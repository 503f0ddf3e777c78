import type { PermutationTest } from "../result.ts";

/** How many cells a permutation test tells from chance: those with p < 0.05 after Holm's adjustment. */
export interface Significance {
  readonly found: number;
  readonly tested: number;
  /** How many permutations it would take for any to be found, where there are too few; else null. */
  readonly needed: number | null;
}

export function significance({ holm, permutations, pairs }: PermutationTest): Significance {
  const tested = holm.filter((p) => !Number.isNaN(p));
  // The least p-value is 1/(permutations + 1), and Holm multiplies the least one by the number of pairs.
  const enough = pairs / (permutations + 1) < 0.05;
  return { found: tested.filter((p) => p < 0.05).length, tested: tested.length, needed: enough ? null : 20 * pairs };
}

/** The sentence that ends a count of what was found; empty where the permutations were enough. */
export function tooFew({ needed }: Significance, permutations: number): string {
  if (needed === null) return "";
  const count = (value: number): string => value.toLocaleString("en-US");
  return `${count(permutations)} permutations are too few for any: Holm over so many pairs takes ${count(needed)}.`;
}
