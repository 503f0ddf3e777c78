import { checkBoolean, checkOptions } from "../check.ts";
import { matchingMethod } from "./fit-matching.ts";
import { nameOf } from "./method.ts";
import type { StitcherMethod } from "./stitcher.ts";

/** Options of `stitchers.orthogonal`. */
export interface OrthogonalOptions {
  /** Whether the rotation is multiplied by the factor that fits best; false by default. */
  readonly scale?: boolean;
  /** Whether a constant is fitted; true by default. */
  readonly bias?: boolean;
}

/**
 * x ↦ c·Sx + b with the S that has orthonormal columns (d_1 ≤ d_2) or rows (d_1 ≥ d_2) and the largest inner product with Σ_21: its polar
 * factor (Schönemann 1966). For d_1 ≤ d_2 that is the least error of all such S. For d_1 > d_2 it is the least against a target padded with
 * zeros to d_1 features, for the least error of such projections has no closed form.
 */
export function orthogonal(options?: OrthogonalOptions): StitcherMethod {
  const given = checkOptions(options, "orthogonal(options)", ["scale", "bias"]);
  const scale = given.scale === undefined ? false : checkBoolean(given.scale, "scale");
  const bias = given.bias === undefined ? true : checkBoolean(given.bias, "bias");
  const name = nameOf("orthogonal", [...(scale ? ["scale=true"] : []), ...(bias ? [] : ["bias=false"])]);
  return matchingMethod({ kind: "orthogonal", name, scale, bias });
}
