import type { NativeNeighbourScore } from "../../lib/native.ts";
import type { Lists } from "./plain-lists.ts";

const mean = (n: number, of: (i: number) => number): number =>
  Array.from({ length: n }, (_, i) => of(i)).reduce((sum, x) => sum + x, 0) / n;

const list = ({ k, indices }: Lists, i: number): number[] => [...indices.subarray(i * k, (i + 1) * k)];

/** The last cell of the table of a recurrence over prefixes of two lists. */
function lastCell(
  x: readonly number[],
  y: readonly number[],
  edge: (p: number) => number,
  step: (equal: boolean, diagonal: number, above: number, left: number) => number,
): number {
  let above = [0, ...y].map((_, q) => edge(q));
  for (const [p, a] of x.entries()) {
    const row = [edge(p + 1)];
    for (const [q, b] of y.entries()) row.push(step(a === b, above[q]!, above[q + 1]!, row[q]!));
    above = row;
  }
  return above.at(-1)!;
}

const commonLength = (x: readonly number[], y: readonly number[]): number =>
  lastCell(
    x,
    y,
    () => 0,
    (equal, diagonal, above, left) => (equal ? diagonal + 1 : Math.max(above, left)),
  );

const editDistance = (x: readonly number[], y: readonly number[]): number =>
  lastCell(
    x,
    y,
    (p) => p,
    (equal, diagonal, above, left) => Math.min(diagonal + (equal ? 0 : 1), above + 1, left + 1),
  );

type Matrix = readonly (readonly number[])[];

const matrix = (n: number, entry: (i: number, j: number) => number): Matrix =>
  Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => entry(i, j)));

/** The kernel where the layer's lists know it, in either direction, and 0 elsewhere. */
function kernel(x: Lists): Matrix {
  const known = matrix(x.n, () => 0) as number[][];
  for (let i = 0; i < x.n; i++) {
    for (const [p, j] of list(x, i).entries()) known[i]![j] = known[j]![i] = x.values[i * x.k + p]!;
  }
  return known;
}

const masked = (mask: Matrix, values: Matrix): Matrix => matrix(mask.length, (i, j) => mask[i]![j]! * values[i]![j]!);
const total = (x: Matrix): number => x.flat().reduce((sum, v) => sum + v, 0);
const product = (x: Matrix, y: Matrix): Matrix =>
  matrix(x.length, (i, j) => x[i]!.reduce((sum, v, k) => sum + v * y[k]![j]!, 0));

/** ⟨HAH, HBH⟩, with H formed. */
function biased(a: Matrix, b: Matrix): number {
  const n = a.length;
  const h = matrix(n, (i, j) => (i === j ? 1 : 0) - 1 / n);
  const left = product(product(h, a), h);
  const right = product(product(h, b), h);
  return total(masked(left, right));
}

/** HSIC_u as Song et al. 2012 and platonic-rep write it, B transposed in the first term. */
function debiased(a: Matrix, b: Matrix): number {
  const n = a.length;
  const transposed = matrix(n, (i, j) => b[j]![i]!);
  const sum =
    total(masked(a, transposed)) + (total(a) * total(b)) / ((n - 1) * (n - 2)) - (2 * total(product(a, b))) / (n - 2);
  return n < 4 ? NaN : sum / (n * (n - 3));
}

/** j ∈ N_a(i) ∩ N_b(i) */
function shared(a: Lists, b: Lists): Matrix {
  const [namedA, namedB] = [a, b].map((x) => Array.from({ length: x.n }, (_, i) => new Set(list(x, i)))) as [
    Set<number>[],
    Set<number>[],
  ];
  return matrix(a.n, (i, j) => (namedA[i]!.has(j) && namedB[i]!.has(j) ? 1 : 0));
}
const eitherWay = (mask: Matrix): Matrix => matrix(mask.length, (i, j) => Math.max(mask[i]![j]!, mask[j]![i]!));

function cknna(
  a: Lists,
  b: Lists,
  hsic: (x: Matrix, y: Matrix) => number,
  maskOf: (mask: Matrix) => Matrix,
  epsilon: number,
): number {
  const term = (x: Lists, y: Lists): number => {
    const mask = maskOf(shared(x, y));
    return hsic(masked(mask, kernel(x)), masked(mask, kernel(y)));
  };
  const selves = [term(a, a), term(b, b)] as const;
  // What is 0 by the definition comes out as the rounding of numbers near 1.
  if (epsilon === 0 && Math.min(...selves) < 1e-13) return NaN;
  return term(a, b) / (Math.sqrt(selves[0] * selves[1]) + epsilon);
}

const cycle = (back: Lists, out: Lists): number =>
  mean(out.n, (i) => (list(out, i).some((j) => list(back, j).includes(i)) ? 1 : 0));

/** Every score of two layers' lists, as its definition reads, on n×n masks. */
export const plainScores: Readonly<Record<NativeNeighbourScore, (a: Lists, b: Lists) => number>> = {
  mutual: (a, b) => mean(a.n, (i) => list(a, i).filter((j) => list(b, i).includes(j)).length / a.k),
  jaccard: (a, b) =>
    mean(a.n, (i) => {
      const union = new Set([...list(a, i), ...list(b, i)]).size;
      return (2 * a.k - union) / union;
    }),
  cycleForward: cycle,
  cycleBackward: (a, b) => cycle(b, a),
  lcs: (a, b) => mean(a.n, (i) => commonLength(list(a, i), list(b, i)) / a.k),
  edit: (a, b) => mean(a.n, (i) => 1 - editDistance(list(a, i), list(b, i)) / a.k),
  cknnaBiased: (a, b) => cknna(a, b, biased, eitherWay, 0),
  cknnaDebiased: (a, b) => cknna(a, b, debiased, eitherWay, 0),
  platonicCycle: cycle,
  platonicLcs: (a, b) => mean(a.n, (i) => commonLength(list(a, i), list(b, i))),
  platonicEdit: (a, b) => mean(a.n, (i) => 1 - editDistance(list(a, i), list(b, i)) / a.k),
  platonicCknna: (a, b) => (a.k < 2 ? NaN : cknna(a, b, debiased, (mask) => mask, 1e-6)),
};
