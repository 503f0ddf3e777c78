import { checkNumber, checkOptions, expected } from "../check.ts";

/** Lemma 3's lower bound on a stitched risk, on the caller's word. */
export interface NestedLowerBound {
  /** R_1(H_1), which the stitched risk is not below where the classes are nested. */
  readonly bound: number;
  /** risk − bound. */
  readonly slack: number;
  /** The stitched risk is below the bound beyond rounding: the classes are not nested, or the risk given is not the least of its class. */
  readonly refuted: boolean;
}

/**
 * Lemma 3: where every stitched network is also one of the first network's own class (G_2∘S_12 ⊆ G_1), none can have less risk than the
 * best of that class: R(g_2∘s∘f_1) ≥ R_1(H_1). Whether the classes are so, nobody can see from numbers: it is taken on the caller's word,
 * which has to be given; numbers can only refute it.
 *
 * @param risks - `stitched`, the risk of a stitched network, and `least`, the least risk of the first network's class, both ≥ 0 and on the
 * same rows.
 * @throws ArgumentError INVALID_ARGUMENT, also without `assumeNested: true`.
 *
 * Source: Insulla, Huang and Rosasco 2025, section 4, lemma 3 (with G_2∘S_12 where it prints the other order).
 *
 * @example
 * ```ts
 * import { nestedLowerBound } from "gramian";
 * console.log(nestedLowerBound({ stitched: 0.09, least: 0.07 }, { assumeNested: true }).refuted); // false
 * ```
 */
export function nestedLowerBound(
  risks: { readonly stitched: number; readonly least: number },
  options: { readonly assumeNested: true },
): NestedLowerBound {
  const given = checkOptions(options, "nestedLowerBound(options)", ["assumeNested"]);
  if (given.assumeNested !== true) {
    throw expected("true, your word that G_2∘S_12 ⊆ G_1,", "assumeNested", given.assumeNested);
  }
  const stitched = checkNumber(risks.stitched, "risks.stitched", { min: 0 });
  const bound = checkNumber(risks.least, "risks.least", { min: 0 });
  // Both are means of squares that were summed up in f64: what they may differ by without meaning is far below this.
  return { bound, slack: stitched - bound, refuted: stitched < bound * (1 - 1e-9) };
}
