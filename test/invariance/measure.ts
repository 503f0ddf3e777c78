/** Changes of a pair of representations that a measure may or may not notice, and how much it does. All in doubles, seeded. */
import { columnsOf, fromColumns, scaleColumns, times } from "../twin/dense.ts";
import { type Features, at, features, map, selectRows } from "../twin/features.ts";
import { gaussian, orthogonal, permutation } from "../twin/random.ts";

export interface Pair {
  readonly a: Features;
  readonly b: Features;
}

/** Which representation is changed. A directed measure may be invariant on one side alone. */
export type Side = "a" | "b";

/** Root mean square of the entries: changes are made in proportion to it. */
function sizeOf(x: Features): number {
  return Math.sqrt(x.data.reduce((sum, value) => sum + value ** 2, 0) / x.data.length);
}

/** X + 1bᵀ: every sample moved by the same Gaussian vector, twice as large as the entries. */
export function translate(x: Features, seed: number): Features {
  const shift = gaussian(1, x.d, seed);
  const size = 2 * sizeOf(x);
  return map(x, (value, _i, j) => value + size * at(shift, 0, j));
}

/** s·X with s = 3, which no power of two hides. */
export function scaleIsotropically(x: Features): Features {
  return map(x, (value) => 3 * value);
}

/** XQ for a random orthogonal Q; for one feature a change of sign. */
export function rotate(x: Features, seed: number): Features {
  if (x.d === 1) return map(x, (value) => -value);
  return times(x, orthogonal(x.d, seed));
}

/** XA with A = Q_1·diag(1 … 4)·Q_2: invertible, of condition number 4, no rotation and no scale. For one feature the factor −4. */
export function mapLinearly(x: Features, seed: number): Features {
  if (x.d === 1) return map(x, (value) => -4 * value);
  const factors = Float64Array.from({ length: x.d }, (_, j) => 1 + (3 * j) / (x.d - 1));
  return times(scaleColumns(times(x, orthogonal(x.d, seed)), factors), orthogonal(x.d, seed + 1));
}

/**
 * A twin for every feature: XXᵀ doubles, in twice the width. (Twins for some of the features only would be a change of proportions, which
 * is what a linear map is.)
 */
export function duplicateFeatures(x: Features): Features {
  const columns = columnsOf(x);
  return fromColumns(x.n, [...columns, ...columns]);
}

/** The samples of both sides in another order, the same on both. */
export function permuteSamples({ a, b }: Pair, seed: number): Pair {
  const order = permutation(a.n, seed);
  return { a: selectRows(a, order), b: selectRows(b, order) };
}

function onOneSide(change: (x: Features, seed: number) => Features): (pair: Pair, side: Side, seed: number) => Pair {
  return (pair, side, seed) => ({ ...pair, [side]: change(pair[side], seed) });
}

/** Every change by its name. Those of the samples' order take both sides along, whatever side is asked for. */
export const changes = {
  translation: onOneSide(translate),
  "isotropic scale": onOneSide(scaleIsotropically),
  rotation: onOneSide(rotate),
  "invertible linear map": onOneSide(mapLinearly),
  "permutation of samples": (pair: Pair, _side: Side, seed: number) => permuteSamples(pair, seed),
  "feature duplication": onOneSide(duplicateFeatures),
} as const;

export type Change = keyof typeof changes;

/** Two representations that are related but not told by each other, with means that are not zero, no symmetry and full rank. */
export function samplePair(n: number, d1: number, d2: number, seed: number): Pair {
  const latent = gaussian(n, Math.min(d1, d2), seed);
  const seen = (d: number, from: number): Features => {
    const mixed = times(latent, gaussian(latent.d, d, from));
    const noise = gaussian(n, d, from + 1);
    const mean = gaussian(1, d, from + 2);
    // Columns of falling size, the last 30 times smaller: a linear map has something to change, a cut by variance something to cut.
    const size = (j: number): number => 30 ** (-j / Math.max(1, d - 1));
    return features(n, d, (i, j) => size(j) * (at(mixed, i, j) + at(noise, i, j) + 0.5 * at(mean, 0, j)));
  };
  return { a: seen(d1, seed + 10), b: seen(d2, seed + 20) };
}

/** Some measures of a pair, by name; NaN where one does not exist. */
export type Measures = ReadonlyMap<string, number>;

/**
 * How far each measure moves under a change: the largest |after − before| over the seeds, relative to the larger of the two. Infinity
 * where it ceases to exist; NaN where it did not exist before, so that nothing can be said.
 */
export async function largestMoves(
  measure: (pair: Pair) => Promise<Measures>,
  pair: Pair,
  change: Change,
  side: Side,
  seeds: readonly number[],
): Promise<Measures> {
  const before = await measure(pair);
  const largest = new Map([...before].map(([name, value]) => [name, Number.isFinite(value) ? 0 : NaN]));
  for (const seed of seeds) {
    const after = await measure(changes[change](pair, side, seed));
    for (const [name, value] of before) {
      const now = after.get(name) ?? NaN;
      const move = now === value ? 0 : Math.abs(now - value) / Math.max(Math.abs(value), Math.abs(now));
      largest.set(name, Math.max(largest.get(name) ?? NaN, Number.isNaN(move) ? Infinity : move));
    }
  }
  return largest;
}
