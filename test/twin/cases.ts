/** Pairs of representations that measures go wrong on, the same on every run; and layers on which most measures do not exist. */
import { type Features, at, features, map, multiply, selectRows } from "./features.ts";
import { gaussian } from "./random.ts";

export interface HardCase {
  readonly name: string;
  readonly a: Features;
  readonly b: Features;
  /** Ranks of the centred features, by construction. */
  readonly ranks: readonly [number, number];
}

/** d features that are linear in those of x, plus noise of half their size: neither unrelated to x nor told by it. */
function relatedTo(x: Features, d: number, seed: number): Features {
  const mixed = multiply(x, gaussian(x.d, d, seed));
  const noise = gaussian(x.n, d, seed + 1);
  return map(mixed, (value, i, j) => value / Math.sqrt(x.d) + 0.5 * at(noise, i, j));
}

function pair(n: number, d1: number, d2: number, seed: number): { a: Features; b: Features; ranks: [number, number] } {
  const a = gaussian(n, d1, seed);
  return { a, b: relatedTo(a, d2, seed + 1), ranks: [Math.min(d1, n - 1), Math.min(d2, n - 1)] };
}

/** Both sides changed by a function of the entry and its place. */
function changed(
  { a, b, ranks }: Omit<HardCase, "name">,
  change: (value: number, i: number, j: number) => number,
): Omit<HardCase, "name"> {
  return { a: map(a, change), b: map(b, change), ranks };
}

function duplicatedRows(): Omit<HardCase, "name"> {
  // Fifteen different samples; some stand twice, one four times.
  const rows = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 3, 3, 3, 7, 11];
  const { a, b, ranks } = pair(15, 6, 5, 40);
  return { a: selectRows(a, rows), b: selectRows(b, rows), ranks };
}

function duplicatedColumns(): Omit<HardCase, "name"> {
  const { a, b, ranks } = pair(25, 5, 4, 50);
  const twice = (x: Features): Features => features(x.n, 2 * x.d, (i, j) => at(x, i, j % x.d));
  return { a: twice(a), b: twice(b), ranks };
}

function rankDeficient(): Omit<HardCase, "name"> {
  const { a, b, ranks } = pair(30, 3, 4, 60);
  return { a: multiply(a, gaussian(3, 12, 63)), b: multiply(b, gaussian(4, 9, 64)), ranks };
}

/** Units that never fire, and one that always says the same. */
function deadColumns(): Omit<HardCase, "name"> {
  const dead = (j: number): boolean => j === 0 || j === 3;
  const change = (value: number, _i: number, j: number): number => (dead(j) ? 0 : j === 5 ? 0.1 : Math.max(value, 0));
  return { ...changed(pair(30, 9, 8, 70), change), ranks: [6, 5] };
}

function nearDuplicates(): Omit<HardCase, "name"> {
  const a = gaussian(24, 6, 80);
  const noise = gaussian(24, 6, 81);
  return { a, b: map(a, (value, i, j) => value + 1e-5 * at(noise, i, j)), ranks: [6, 6] };
}

export const hardCases: readonly HardCase[] = [
  { name: "generic", ...pair(30, 7, 11, 10) },
  { name: "as wide as each other", ...pair(30, 6, 6, 15) },
  { name: "fewer samples than features", ...pair(12, 40, 25, 20) },
  { name: "one feature", ...pair(20, 1, 1, 25) },
  { name: "one feature against many", ...pair(20, 1, 8, 28) },
  { name: "four samples", ...pair(4, 3, 2, 30) },
  { name: "duplicated rows", ...duplicatedRows() },
  { name: "duplicated columns", ...duplicatedColumns() },
  { name: "rank-deficient", ...rankDeficient() },
  { name: "dead and constant columns", ...deadColumns() },
  { name: "offset of 1e4", ...changed(pair(20, 5, 6, 90), (value) => value + 1e4) },
  { name: "scale of 1e6", ...changed(pair(20, 5, 6, 100), (value) => 1e6 * value) },
  { name: "scale of 1e-6", ...changed(pair(20, 5, 6, 100), (value) => 1e-6 * value) },
  {
    name: "scales of 1e6 and 1e-6",
    ...pair(20, 5, 6, 100),
    a: map(pair(20, 5, 6, 100).a, (value) => 1e6 * value),
    b: map(pair(20, 5, 6, 100).b, (value) => 1e-6 * value),
  },
  { name: "one outlier of 300 times the size", ...changed(pair(20, 5, 6, 110), (v, i) => (i === 7 ? 300 * v : v)) },
  { name: "near-duplicate layers", ...nearDuplicates() },
  { name: "independent Gaussians", a: gaussian(40, 12, 120), b: gaussian(40, 9, 121), ranks: [12, 9] },
];

/** Layers that are no use for comparing, one flaw each, to stand among sound ones in one comparison. */
export function degenerateLayers(n: number): readonly { readonly name: string; readonly layer: Features }[] {
  const sound = gaussian(n, 3, 130);
  return [
    { name: "all zeros", layer: map(sound, () => 0) },
    { name: "every row the same", layer: map(sound, (_value, _i, j) => at(sound, 0, j)) },
    { name: "one zero row", layer: map(sound, (value, i) => (i === 1 ? 0 : value)) },
    { name: "one row unlike the others", layer: map(sound, (value, i, j) => (i === 2 ? value : at(sound, 0, j))) },
    { name: "features equal within each row", layer: map(sound, (_value, i) => at(sound, i, 0)) },
  ];
}
