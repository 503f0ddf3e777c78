/** Ranks from 1, equal values sharing the mean of theirs. */
function ranksOf(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).toSorted((a, b) => values[a]! - values[b]!);
  const ranks: number[] = Array.from({ length: values.length }, () => 0);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end += 1;
    for (let k = start; k < end; k += 1) ranks[order[k]!] = (start + end + 1) / 2;
    start = end;
  }
  return ranks;
}

/**
 * Spearman's rank correlation: Pearson's of the ranks, equal values sharing the mean of theirs. Null for fewer than three pairs, or where one side has
 * one value only.
 */
export function spearman(x: readonly number[], y: readonly number[]): number | null {
  if (x.length < 3) return null;
  const [a, b] = [ranksOf(x), ranksOf(y)];
  const mean = (x.length + 1) / 2;
  let [product, left, right] = [0, 0, 0];
  for (const [i, rank] of a.entries()) {
    product += (rank - mean) * (b[i]! - mean);
    left += (rank - mean) ** 2;
    right += (b[i]! - mean) ** 2;
  }
  return left === 0 || right === 0 ? null : product / Math.sqrt(left * right);
}
