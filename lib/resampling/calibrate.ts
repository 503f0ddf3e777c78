import { orderStatistic } from "./order-statistic.ts";

/** A score beside what it would be if the two sides had nothing to do with each other. */
export interface Calibrated {
  /** (1 + #{null ≥ score})/(1 + B): the share of permutations, the identity among them, that do as well. Never 0. */
  readonly pValue: number;
  readonly nullMean: number;
  /** The quantile q of the null: its ⌈q(B+1)⌉-th smallest of B values, the largest where there are too few. */
  readonly nullQuantile: number;
  /** max(0, (score − q)/(top − q)) in [0, 1]: 0 up to the null's quantile, 1 at the metric's upper bound; NaN without such a bound. */
  readonly calibrated: number;
}

export interface CalibrateOptions {
  /** Which quantile of the null counts as chance. Default 0.95: the calibrated score is then above 0 only where p ≤ 0.05. */
  readonly quantile?: number | undefined;
  /** The metric's upper bound, null where it has none. */
  readonly top: number | null;
  /**
   * How far below the score a null value may lie and count as equal to it: the rounding of both. Permutations that change nothing (all
   * rows alike, a block structure) must count as doing as well.
   */
  readonly tolerance?: number | undefined;
}

const nothing: Calibrated = { pValue: NaN, nullMean: NaN, nullQuantile: NaN, calibrated: NaN };

/**
 * Sets a score, larger meaning more alike, against its values under B permutations (in any order). All NaN when the score is, when there
 * are no permutations, or when one of them has no value: a null with holes says nothing about its tail.
 *
 * Source: Phipson and Smyth 2010, "Permutation p-values should never be zero"; the calibrated score follows
 * Gröger, Wen and Brbić 2026, who found that raw scores grow with width and depth alone.
 */
export function calibrate(score: number, nulls: Float64Array, options: CalibrateOptions): Calibrated {
  const { quantile = 0.95, top, tolerance = 0 } = options;
  if (Number.isNaN(score) || nulls.length === 0 || nulls.some((value) => Number.isNaN(value))) return nothing;
  let asGood = 0;
  let sum = 0;
  for (const value of nulls) {
    if (value >= score - tolerance) asGood += 1;
    sum += value;
  }
  const q = orderStatistic(nulls.slice().sort(), quantile);
  return {
    pValue: (1 + asGood) / (1 + nulls.length),
    nullMean: sum / nulls.length,
    nullQuantile: q,
    calibrated: top === null ? NaN : calibratedScore(score, q, top),
  };
}

/** A null that reaches the top leaves no room above chance. */
function calibratedScore(score: number, q: number, top: number): number {
  return q >= top ? 0 : Math.max(0, (score - q) / (top - q));
}
