/** Neighbourhood measures (Huh et al. 2024). A list has one row a sample: its k neighbours, the nearest first. */
import type { Matrix } from "./matrix.ts";

export type Lists = readonly (readonly number[])[];

/** The k samples of largest similarity to each, itself excluded; of equal ones the lower index comes first. */
export function nearest(similarity: { readonly n: number; readonly data: Float64Array }, k: number): number[][] {
  const { n, data } = similarity;
  return Array.from({ length: n }, (_, i) => {
    const row = data.subarray(i * n, (i + 1) * n);
    return Array.from({ length: n }, (_column, j) => j)
      .filter((j) => j !== i)
      .sort((a, b) => (row[b] ?? NaN) - (row[a] ?? NaN) || a - b)
      .slice(0, k);
  });
}

/** {@link nearest} by a Gram matrix. */
export function nearestByKernel(kernel: Matrix, k: number): number[][] {
  return nearest({ n: kernel.n, data: kernel.toNumbers() }, k);
}

function meanOver(
  a: Lists,
  b: Lists,
  score: (a: readonly number[], b: readonly number[], i: number) => number,
): number {
  let sum = 0;
  a.forEach((list, i) => {
    sum += score(list, b[i] ?? [], i);
  });
  return sum / a.length;
}

const shared = (a: readonly number[], b: readonly number[]): number => a.filter((j) => b.includes(j)).length;

/** Mean of |N_a(i) ∩ N_b(i)|/k. Expected of independent lists: k/(n − 1). */
export function mutual(a: Lists, b: Lists): number {
  return meanOver(a, b, (p, q) => shared(p, q) / p.length);
}

/** Mean of |N_a(i) ∩ N_b(i)|/|N_a(i) ∪ N_b(i)|. */
export function jaccard(a: Lists, b: Lists): number {
  return meanOver(a, b, (p, q) => shared(p, q) / (p.length + q.length - shared(p, q)));
}

/** Share of the samples that are a neighbour, in `second`, of one of their neighbours in `first`. Directed. */
export function cycle(first: Lists, second: Lists): number {
  return meanOver(first, second, (list, _, i) => (list.some((j) => second[j]?.includes(i)) ? 1 : 0));
}

/** Length of the longest common subsequence. */
export function longestCommonSubsequence(a: readonly number[], b: readonly number[]): number {
  const table = Array.from({ length: a.length + 1 }, () => Array.from({ length: b.length + 1 }, () => 0));
  const cell = (i: number, j: number): number => table[i]?.[j] ?? NaN;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const row = table[i] ?? [];
      row[j] = a[i - 1] === b[j - 1] ? cell(i - 1, j - 1) + 1 : Math.max(cell(i - 1, j), cell(i, j - 1));
    }
  }
  return cell(a.length, b.length);
}

/** Insertions, deletions and substitutions that turn one into the other (Levenshtein). */
export function editDistance(a: readonly number[], b: readonly number[]): number {
  const table = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_column, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  const cell = (i: number, j: number): number => table[i]?.[j] ?? NaN;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const row = table[i] ?? [];
      row[j] = Math.min(cell(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1), cell(i - 1, j) + 1, cell(i, j - 1) + 1);
    }
  }
  return cell(a.length, b.length);
}

/** Mean length of the longest common subsequence, over k. */
export function lcs(a: Lists, b: Lists): number {
  return meanOver(a, b, (p, q) => longestCommonSubsequence(p, q) / p.length);
}

/** 1 − mean edit distance/k. */
export function edit(a: Lists, b: Lists): number {
  return 1 - meanOver(a, b, (p, q) => editDistance(p, q) / p.length);
}
