import { checkBoolean, checkOptions } from "../check.ts";
import { featureMethod } from "./feature-method.ts";
import { checkLambda, type Lambda, lambdaText } from "./lambda.ts";
import { nameOf } from "./method.ts";
import type { StitcherMethod } from "./stitcher.ts";

/** Options of `stitchers.ridge`. */
export interface RidgeOptions {
  /** λ ≥ 0 in units of the eigenvalues of XᵀX/n, or how it is chosen; "loo" by default. */
  readonly lambda?: Lambda;
  /** The λ > 0 to choose from; by default 41 from 10⁻⁹ to 10 times the source's largest eigenvalue. */
  readonly lambdas?: readonly number[] | Float64Array;
  /** Whether a constant is fitted, which is not shrunken; true by default. */
  readonly bias?: boolean;
}

/** x ↦ Sx + b with S = Σ_21·(Σ_11 + λI)⁻¹, of both sides less their means where there is a bias. */
export function ridge(options?: RidgeOptions): StitcherMethod {
  const given = checkOptions(options, "ridge(options)", ["lambda", "lambdas", "bias"]);
  const lambda = checkLambda(given, { min: 0 });
  const bias = given.bias === undefined ? true : checkBoolean(given.bias, "bias");
  const name = nameOf("ridge", [...lambdaText(lambda), ...(bias ? [] : ["bias=false"])]);
  return featureMethod({ kind: "ridge", name, bias, lambda, rank: null });
}
