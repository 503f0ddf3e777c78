import { checkBoolean, checkOptions } from "../check.ts";
import { matchingMethod } from "./fit-matching.ts";
import { nameOf } from "./method.ts";
import type { StitcherMethod } from "./stitcher.ts";

/** Options of `stitchers.permutation`. */
export interface PermutationOptions {
  /** Whether a constant is fitted; false by default. */
  readonly bias?: boolean;
}

/**
 * Each target feature becomes one source feature, none used twice: the assignment of least error, exactly (Jonker and Volgenant 1987).
 * Of unequal layers min(d_1, d_2) features are assigned; target features beyond that are predicted as 0 (with a bias, as their mean).
 */
export function permutation(options?: PermutationOptions): StitcherMethod {
  const given = checkOptions(options, "permutation(options)", ["bias"]);
  const bias = given.bias === undefined ? false : checkBoolean(given.bias, "bias");
  const name = nameOf("permutation", bias ? ["bias=true"] : []);
  return matchingMethod({ kind: "permutation", name, scale: false, bias });
}
