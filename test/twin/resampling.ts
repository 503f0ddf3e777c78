/** Permutation tests and intervals over samples, one resample at a time. */
import { cka, debiasedCka } from "./alignment.ts";
import type { Lists } from "./neighbours.ts";
import type { Matrix } from "./matrix.ts";

export interface PermutationTest {
  readonly observed: number;
  /** The statistic under each permutation. */
  readonly null: Float64Array;
  /** (1 + #{null ≥ observed})/(1 + B). */
  readonly p: number;
}

/** `statistic(K, L_π)` with L_π[i,j] = L[π(i),π(j)], for every π. */
export function permutationTest(
  k: Matrix,
  l: Matrix,
  permutations: readonly (readonly number[])[],
  statistic: (k: Matrix, l: Matrix) => number,
): PermutationTest {
  const observed = statistic(k, l);
  const values = Float64Array.from(permutations, (permutation) => statistic(k, l.select(permutation)));
  return { observed, null: values, p: pValue(observed, values) };
}

export function pValue(observed: number, values: Float64Array): number {
  return (1 + values.filter((value) => value >= observed).length) / (1 + values.length);
}

/** The lists of the permuted samples: j is a neighbour of i where π(j) was one of π(i). */
export function permutedLists(lists: Lists, permutation: readonly number[]): number[][] {
  const inverse = permutation.map(() => 0);
  permutation.forEach((from, to) => {
    inverse[from] = to;
  });
  return permutation.map((from) => (lists[from] ?? []).map((j) => inverse[j] ?? -1));
}

/** CKA of the samples drawn, with repetitions: the plug-in statistic of the bootstrap. */
export function resampledCka(k: Matrix, l: Matrix, rows: readonly number[]): number {
  return cka(k.select(rows), l.select(rows));
}

/**
 * Debiased CKA of the samples drawn. Copies of a sample meet each other off the diagonal, where the unbiased estimator expects different
 * samples: such entries count as zeros, like the diagonal itself.
 */
export function resampledDebiasedCka(k: Matrix, l: Matrix, rows: readonly number[]): number {
  return debiasedCka(k.zeroDiagonal().select(rows), l.zeroDiagonal().select(rows));
}

/** The statistic without each sample in turn. */
export function leaveOneOut(k: Matrix, l: Matrix, statistic: (k: Matrix, l: Matrix) => number): Float64Array {
  const all = Array.from({ length: k.n }, (_, i) => i);
  return Float64Array.from(all, (left) => {
    const rows = all.filter((i) => i !== left);
    return statistic(k.select(rows), l.select(rows));
  });
}

/** Jackknife estimate of the standard error (Efron & Stein 1981). */
export function jackknifeStandardError(values: Float64Array): number {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  return Math.sqrt(((n - 1) / n) * values.reduce((sum, value) => sum + (value - mean) ** 2, 0));
}
