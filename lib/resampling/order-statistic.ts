/**
 * The quantile q of B rising numbers as one of them: the ⌈q(B+1)⌉-th smallest, clipped to the largest. Of B permutations and the data
 * itself, exchangeable under the null, at most a share 1 − q lies above it. (q(B+1) is taken down by some roundings, so that 0.95·20 is 19.)
 */
export function orderStatistic(rising: Float64Array, q: number): number {
  const rank = Math.ceil(q * (rising.length + 1) * (1 - 4 * Number.EPSILON));
  return rising[Math.min(rising.length, Math.max(1, rank)) - 1]!;
}
