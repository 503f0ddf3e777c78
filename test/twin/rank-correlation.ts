/** Correlations of two lists of numbers. Equal numbers share the mean of their ranks (Spearman) or count for neither side (Kendall). */
import { divide, dd, subtract, Sum, squareRoot, toNumber, type DoubleDouble } from "./double-double.ts";

function sumOfProducts(a: readonly DoubleDouble[], b: readonly DoubleDouble[]): DoubleDouble {
  const sum = new Sum();
  a.forEach(({ hi, lo }, k) => {
    const other = b[k] ?? dd(NaN);
    sum.addProductOfPairs(hi, lo, other.hi, other.lo);
  });
  return sum.value();
}

function cosineOf(a: readonly DoubleDouble[], b: readonly DoubleDouble[]): number {
  const [aa, bb] = [sumOfProducts(a, a), sumOfProducts(b, b)];
  if (!(aa.hi > 0 && bb.hi > 0)) return NaN;
  return toNumber(divide(divide(sumOfProducts(a, b), squareRoot(aa)), squareRoot(bb)));
}

/** Σab/√(Σa²·Σb²), nothing centred; NaN where one is all zeros. */
export function cosineSimilarity(a: Float64Array, b: Float64Array): number {
  return cosineOf(Array.from(a, dd), Array.from(b, dd));
}

/** NaN where one is constant. */
export function pearson(a: Float64Array, b: Float64Array): number {
  const centred = (values: Float64Array): DoubleDouble[] => {
    const sum = new Sum();
    for (const value of values) sum.add(value);
    const mean = divide(sum.value(), dd(values.length));
    // A constant list is its own mean; its rounded mean may not be.
    const constant = values.every((value) => value === values[0]);
    return Array.from(values, (value) => (constant ? dd(0) : subtract(dd(value), mean)));
  };
  return cosineOf(centred(a), centred(b));
}

/** Ranks from 1, ties sharing their mean. */
export function averageRanks(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values, (_, k) => k).sort((p, q) => (values[p] ?? NaN) - (values[q] ?? NaN));
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length;) {
    const value = values[order[start] ?? -1];
    let end = start + 1;
    while (end < order.length && values[order[end] ?? -1] === value) end++;
    for (let k = start; k < end; k++) ranks[order[k] ?? -1] = (start + end + 1) / 2;
    start = end;
  }
  return ranks;
}

export function spearman(a: Float64Array, b: Float64Array): number {
  return pearson(averageRanks(a), averageRanks(b));
}

export interface KendallCounts {
  readonly pairs: number;
  readonly concordant: number;
  readonly discordant: number;
  /** Pairs that are equal in a, equal in b. */
  readonly tiedA: number;
  readonly tiedB: number;
}

/** By looking at every pair: O(N²). */
export function countKendall(a: Float64Array, b: Float64Array): KendallCounts {
  let [concordant, discordant, tiedA, tiedB] = [0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < i; j++) {
      const first = Math.sign((a[i] ?? NaN) - (a[j] ?? NaN));
      const second = Math.sign((b[i] ?? NaN) - (b[j] ?? NaN));
      if (first === 0) tiedA++;
      if (second === 0) tiedB++;
      if (first * second > 0) concordant++;
      if (first * second < 0) discordant++;
    }
  }
  return { pairs: (a.length * (a.length - 1)) / 2, concordant, discordant, tiedA, tiedB };
}

/** Sorts and returns how many pairs were strictly out of order. */
function sortCounting(values: Float64Array): number {
  if (values.length < 2) return 0;
  const left = values.slice(0, values.length >> 1);
  const right = values.slice(values.length >> 1);
  let inversions = sortCounting(left) + sortCounting(right);
  for (let k = 0, i = 0, j = 0; k < values.length; k++) {
    if (j === right.length || (i < left.length && (left[i] ?? NaN) <= (right[j] ?? NaN))) {
      values[k] = left[i++] ?? NaN;
    } else {
      values[k] = right[j++] ?? NaN;
      inversions += left.length - i;
    }
  }
  return inversions;
}

/** Pairs that are equal, in a list where equal entries stand together. */
function tiedPairs(length: number, equalsPrevious: (k: number) => boolean): number {
  let ties = 0;
  for (let k = 1, run = 1; k < length; k++) {
    run = equalsPrevious(k) ? run + 1 : 1;
    ties += run - 1;
  }
  return ties;
}

/** The same by sorting (Knight 1966), for lists of hundreds of thousands. */
export function countKendallByMerging(a: Float64Array, b: Float64Array): KendallCounts {
  const order = Uint32Array.from(a, (_, k) => k).sort(
    (p, q) => (a[p] ?? NaN) - (a[q] ?? NaN) || (b[p] ?? NaN) - (b[q] ?? NaN),
  );
  const first = Float64Array.from(order, (k) => a[k] ?? NaN);
  const second = Float64Array.from(order, (k) => b[k] ?? NaN);
  const tiedA = tiedPairs(order.length, (k) => first[k] === first[k - 1]);
  const tiedBoth = tiedPairs(order.length, (k) => first[k] === first[k - 1] && second[k] === second[k - 1]);
  const discordant = sortCounting(second);
  const tiedB = tiedPairs(order.length, (k) => second[k] === second[k - 1]);
  const pairs = (order.length * (order.length - 1)) / 2;
  return { pairs, concordant: pairs - tiedA - tiedB + tiedBoth - discordant, discordant, tiedA, tiedB };
}

/** τ-a: (concordant − discordant) over all pairs, ties included. */
export function kendallTauA({ pairs, concordant, discordant }: KendallCounts): number {
  return (concordant - discordant) / pairs;
}

/** τ-b: tied pairs taken out of each side's count; what SciPy calls Kendall's tau. */
export function kendallTauB({ pairs, concordant, discordant, tiedA, tiedB }: KendallCounts): number {
  return (concordant - discordant) / Math.sqrt((pairs - tiedA) * (pairs - tiedB));
}
