import type { StitchEvaluation } from "../../stitching-result.ts";

/** How measured risks stand to their bounds. */
export interface Tightness {
  readonly pairs: number;
  /** Pairs whose measured risk is above the bound by more than sums of rounded numbers can be. */
  readonly violations: number;
  /** Pairs whose head has no known Lipschitz constant. */
  readonly unbounded: number;
  /** The middle of bound/risk over pairs with a bound; null where there is none. */
  readonly median: number | null;
  readonly least: number | null;
  readonly greatest: number | null;
}

// Both sides are sums of thousands of squares in f64, whose rounding stays many orders below this; a real violation would not.
const rounding = 1e-9;

/** bound/risk of one pair: 1 is tight. */
export function ratioOf({ risk, bound }: StitchEvaluation): number {
  return risk === bound ? 1 : bound / risk;
}

export function isViolated({ risk, bound }: StitchEvaluation): boolean {
  return risk > bound * (1 + rounding) + Number.MIN_VALUE;
}

/** The middle of a list; the mean of both middles where their number is even. */
export function medianOf(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

export function tightnessOf(evaluations: readonly StitchEvaluation[]): Tightness {
  const bounded = evaluations.filter(({ bound }) => bound < Infinity);
  const ratios = bounded.map(ratioOf);
  return {
    pairs: evaluations.length,
    violations: evaluations.filter(isViolated).length,
    unbounded: evaluations.length - bounded.length,
    median: medianOf(ratios),
    least: ratios.length === 0 ? null : Math.min(...ratios),
    greatest: ratios.length === 0 ? null : Math.max(...ratios),
  };
}
