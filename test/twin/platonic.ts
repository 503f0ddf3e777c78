/** The numbers of platonic-rep (Huh et al. 2024) in its own conventions, computed in doubles where it has floats. */
import { frobenius, timesTranspose } from "./dense.ts";
import { type Features, at, features, map } from "./features.ts";
import { cycle, lcs, type Lists, mutual, nearest } from "./neighbours.ts";

/** What is added to every denominator. */
const epsilon = 1e-6;

/** Rows divided by their norms. */
export function unitRows(x: Features): Features {
  const norms = Array.from({ length: x.n }, (_, i) => Math.hypot(...x.data.subarray(i * x.d, (i + 1) * x.d)));
  return map(x, (value, i) => value / (norms[i] ?? NaN));
}

const gramOf = (x: Features): Features => timesTranspose(x, x);
const rowSums = (k: Features): Float64Array =>
  Float64Array.from({ length: k.n }, (_, i) => k.data.subarray(i * k.n, (i + 1) * k.n).reduce((s, v) => s + v, 0));
const sumOf = (values: Float64Array): number => values.reduce((s, v) => s + v, 0);

/** tr(KHLH), over nothing. */
function biased(k: Features, l: Features): number {
  const n = k.n;
  const [a, b] = [rowSums(k), rowSums(l)];
  const centred = (m: Features, sums: Float64Array): Features => {
    const mean = sumOf(sums) / n ** 2;
    return map(m, (value, i, j) => value - (sums[i] ?? NaN) / n - (sums[j] ?? NaN) / n + mean);
  };
  return frobenius(centred(k, a), centred(l, b));
}

/** Song's estimator with ΣK∘Lᵀ and 1ᵀKL1, which matters where a mask has made K and L unsymmetric. */
function unbiased(first: Features, second: Features): number {
  const n = first.n;
  const hollow = (m: Features): Features => map(m, (value, i, j) => (i === j ? 0 : value));
  const turned = (m: Features): Features => features(n, n, (i, j) => at(m, j, i));
  const [k, l] = [hollow(first), hollow(second)];
  const columns = rowSums(turned(k));
  const rows = rowSums(l);
  const product = columns.reduce((s, value, i) => s + value * (rows[i] ?? NaN), 0);
  const totals = (sumOf(columns) * sumOf(rows)) / ((n - 1) * (n - 2));
  return (frobenius(k, turned(l)) + totals - (2 * product) / (n - 2)) / (n * (n - 3));
}

function ratio(hsic: (k: Features, l: Features) => number, k: Features, l: Features): number {
  return hsic(k, l) / (Math.sqrt(hsic(k, k) * hsic(l, l)) + epsilon);
}

/** HSIC of the kernels under one mask, which keeps j in row i only where it is a neighbour of i in both. */
function similarity(k: Features, l: Features, a: Lists, b: Lists): number {
  const [p, q] = [a, b].map((lists) => lists.map((list) => new Set(list)));
  const mask = (m: Features): Features => map(m, (value, i, j) => (p?.[i]?.has(j) && q?.[i]?.has(j) ? value : 0));
  return unbiased(mask(k), mask(l));
}

export interface Platonic {
  readonly cka: number;
  readonly unbiased_cka: number;
  readonly mutual_knn: number;
  /** i, a neighbour of it in y, a neighbour of that in x: is i among them? */
  readonly cycle_knn: number;
  /** Mean length of the longest common subsequence, not a share of k. */
  readonly lcs_knn: number;
  readonly cknna: number;
}

/** Of rows as they are; normalise them first for what the project reports. */
export function platonic(x: Features, y: Features, k = 10): Platonic {
  const [p, q] = [gramOf(x), gramOf(y)];
  return platonicOfGrams(p, q, nearest(p, k), nearest(q, k));
}

/** The same of any two kernel matrices and their lists of neighbours. */
export function platonicOfGrams(p: Features, q: Features, a: Lists, b: Lists): Platonic {
  const self = Math.sqrt(similarity(p, p, a, a) * similarity(q, q, b, b));
  return {
    cka: ratio(biased, p, q),
    unbiased_cka: ratio(unbiased, p, q),
    mutual_knn: mutual(a, b),
    cycle_knn: cycle(b, a),
    lcs_knn: lcs(a, b) * (a[0]?.length ?? NaN),
    cknna: similarity(p, q, a, b) / (self + epsilon),
  };
}
