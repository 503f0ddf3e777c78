import { checkArray, checkNumber, checkOptions, expected } from "../check.ts";
import type { RiskGap, TwoSidedGap } from "../stitching-result.ts";
import { excessBound } from "./theorem-one.ts";

/** What a stitched pair of layers brings to the bound, on the rows that the risks are of. */
export interface GapPair {
  /** κ of the head behind the target layer; +∞ where it has none. */
  readonly kappa: number;
  /** Ã, the matching error of the stitcher. */
  readonly misalignment: number;
  /** The measured risk of the stitched network, where it was run. */
  readonly stitchedRisk?: number;
}

/** R(h_1) and R(h_2), and the pairs of layers that were stitched from the first network to the second. */
export interface RiskGapInput {
  readonly from: number;
  readonly to: number;
  readonly pairs: readonly GapPair[];
}

/** The gap of risks that were measured elsewhere; pairs that are null have no stitcher. */
export function gapOf(from: number, to: number, pairs: readonly (GapPair | null)[]): RiskGap {
  let [bound, pair, leastStitched] = [Infinity, -1, Infinity];
  for (const [i, found] of pairs.entries()) {
    if (found === null) continue;
    const one = excessBound(to, found.kappa, found.misalignment);
    if (one < bound) [bound, pair] = [one, i];
    leastStitched = Math.min(leastStitched, found.stitchedRisk ?? Infinity);
  }
  const difference = from - to;
  return {
    difference,
    leastStitched: leastStitched < Infinity ? leastStitched : null,
    // As in nestedLowerBound: what sums in f64 may differ by is far below this.
    refuted: leastStitched < from * (1 - 1e-9),
    bound: pair < 0 ? null : bound,
    slack: pair < 0 ? null : bound - difference,
    pair: pair < 0 ? null : pair,
  };
}

/** |R(h_1) − R(h_2)| against the larger of both directions' bounds; no bound where a direction has none. */
export function twoSidedOf(forth: RiskGap, back: RiskGap): TwoSidedGap {
  const bound = forth.bound === null || back.bound === null ? null : Math.max(forth.bound, back.bound);
  return { difference: Math.abs(forth.difference), bound };
}

/**
 * Theorem 2 with remark 6: R(h_1) − R(h_2) is at most the least, over stitched pairs of layers, of κ²Ã + 2κ√(ÃR(h_2)). It holds where h_1 is as
 * good as every network that stitching makes of its features (h_1 the best of H_1 and G_2∘S_12 ⊆ G_1); where a stitched risk is
 * given that is below R(h_1), this is not so, and the answer says `refuted`.
 *
 * For both signs: the two directions' bounds, of which the larger bounds |R(h_1) − R(h_2)|.
 *
 * @param input - Risks ≥ 0 and matching errors ≥ 0 on the same rows; κ ≥ 0, also +∞.
 * @returns The difference, the least bound, its slack and which pair has it; null where no pair has one.
 * @throws ArgumentError INVALID_ARGUMENT.
 *
 * Source: Insulla, Huang and Rosasco 2025, section 4, theorem 2 and remark 6.
 *
 * @example
 * ```ts
 * import { riskGapBound } from "gramian";
 * const gap = riskGapBound({ from: 0.5, to: 0.25, pairs: [{ kappa: 1, misalignment: 0.25 }, { kappa: 2, misalignment: 1 }] });
 * console.log(gap.difference, gap.bound, gap.pair); // 0.25 0.75 0
 * ```
 */
export function riskGapBound(input: RiskGapInput): RiskGap {
  const given = checkOptions(input, "input", ["from", "to", "pairs"]);
  const pairs = checkArray(given.pairs, "input.pairs").map((pair, i): GapPair => {
    const name = `input.pairs[${i}]`;
    const one = checkOptions(pair, name, ["kappa", "misalignment", "stitchedRisk"]);
    const kappa = one.kappa === Infinity ? Infinity : checkNumber(one.kappa, `${name}.kappa`, { min: 0 });
    const misalignment = checkNumber(one.misalignment, `${name}.misalignment`, { min: 0 });
    if (one.stitchedRisk === undefined) return { kappa, misalignment };
    return { kappa, misalignment, stitchedRisk: checkNumber(one.stitchedRisk, `${name}.stitchedRisk`, { min: 0 }) };
  });
  if (pairs.length === 0) throw expected("at least one pair", "input.pairs", given.pairs);
  return gapOf(checkNumber(given.from, "input.from", { min: 0 }), checkNumber(given.to, "input.to", { min: 0 }), pairs);
}
