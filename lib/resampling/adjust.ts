/** Places of the numbers of `values` that are not NaN, by rising number; the earlier of equal ones first. */
function rising(values: Float64Array): number[] {
  return [...values.keys()].filter((i) => !Number.isNaN(values[i])).sort((i, j) => values[i]! - values[j]! || i - j);
}

/**
 * Holm's step-down adjustment of p-values: rejecting where the adjusted value is at most α keeps the probability of even one false
 * rejection at most α, whatever the dependence (Holm 1979). NaN (a pair without a p-value) stays NaN and is not counted among the tests.
 */
export function holm(pValues: Float64Array): Float64Array {
  const adjusted = new Float64Array(pValues.length).fill(NaN);
  const order = rising(pValues);
  let most = 0;
  for (const [rank, i] of order.entries()) {
    most = Math.max(most, Math.min(1, (order.length - rank) * pValues[i]!));
    adjusted[i] = most;
  }
  return adjusted;
}

/**
 * Benjamini and Hochberg's step-up adjustment of p-values: rejecting where the adjusted value is at most α keeps the expected share of
 * false ones among the rejections at most α, for independent or positively dependent tests (Benjamini and Hochberg 1995). NaN stays NaN
 * and is not counted among the tests.
 */
export function benjaminiHochberg(pValues: Float64Array): Float64Array {
  const adjusted = new Float64Array(pValues.length).fill(NaN);
  const order = rising(pValues);
  let least = 1;
  for (let rank = order.length; rank > 0; rank -= 1) {
    const i = order[rank - 1]!;
    least = Math.min(least, (order.length / rank) * pValues[i]!);
    adjusted[i] = least;
  }
  return adjusted;
}
