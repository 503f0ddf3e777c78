import { checkBoolean, checkInteger, checkOptions } from "../check.ts";
import { featureMethod, unshrunken } from "./feature-method.ts";
import { nameOf } from "./method.ts";
import type { StitcherMethod } from "./stitcher.ts";

/** Options of `stitchers.lowRank`. */
export interface LowRankOptions {
  /** r, at least 1. */
  readonly rank: number;
  /** Whether a constant is fitted; true by default. */
  readonly bias?: boolean;
}

/** The least-squares x ↦ Sx + b of all S of rank r at most: reduced-rank regression (Izenman 1975), exactly. */
export function lowRank(options: LowRankOptions): StitcherMethod {
  const given = checkOptions(options, "lowRank(options)", ["rank", "bias"]);
  const rank = checkInteger(given.rank, "rank", { min: 1, max: 2 ** 31 });
  const bias = given.bias === undefined ? true : checkBoolean(given.bias, "bias");
  const name = nameOf("low-rank", [`rank=${rank}`, ...(bias ? [] : ["bias=false"])]);
  return featureMethod({ kind: "low-rank", name, bias, lambda: unshrunken, rank });
}
