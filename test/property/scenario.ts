import * as fc from "fast-check";
import { type Features, at, features, map, multiply, selectRows } from "../twin/features.ts";
import { gaussian, uniform } from "../twin/random.ts";

export interface Shape {
  readonly n: number;
  readonly dx: number;
  readonly dy: number;
  readonly seed: number;
}

/** Two representations of the same samples. */
export interface Scenario {
  readonly x: Features;
  readonly y: Features;
}

/** Shapes on both sides of every edge: n above and below d, one feature, four samples (the fewest with an unbiased HSIC). */
const sizes = fc.oneof(
  fc.record({
    n: fc.integer({ min: 5, max: 33 }),
    dx: fc.integer({ min: 1, max: 24 }),
    dy: fc.integer({ min: 1, max: 24 }),
  }),
  fc.record({ n: fc.constant(4), dx: fc.integer({ min: 1, max: 6 }), dy: fc.integer({ min: 1, max: 6 }) }),
  fc.record({
    n: fc.integer({ min: 5, max: 12 }),
    dx: fc.integer({ min: 30, max: 70 }),
    dy: fc.integer({ min: 13, max: 40 }),
  }),
  fc.record({ n: fc.integer({ min: 5, max: 33 }), dx: fc.constant(1), dy: fc.integer({ min: 1, max: 3 }) }),
);

/** Sizes and the seed of the data. */
export const shapes: fc.Arbitrary<Shape> = fc
  .tuple(sizes, fc.nat(1_000_000))
  .map(([{ n, dx, dy }, seed]) => ({ n, dx, dy, seed }));

/** X Gaussian with uneven columns; Y a linear image of it plus noise, so that their alignment is anywhere between 0 and 1. */
export function related({ n, dx, dy, seed }: Shape): Scenario {
  const next = uniform(seed);
  const coupling = next();
  const stretch = Array.from({ length: dx }, () => 0.25 + 2 * next());
  const x = map(gaussian(n, dx, seed + 1), (value, _, j) => value * (stretch[j] ?? 1));
  const image = multiply(x, gaussian(dx, dy, seed + 2));
  const noise = gaussian(n, dy, seed + 3);
  return { x, y: map(image, (value, i, j) => coupling * value + (1 - coupling) * at(noise, i, j)) };
}

/** What befalls real activations, by name. Each gets the scenario and its seed. */
export const hardships: Readonly<Record<string, (scenario: Scenario, seed: number) => Scenario>> = {
  none: (scenario) => scenario,
  "duplicated rows": ({ x, y }, seed) => {
    // Every second row repeats an earlier one, in both: n = 4 keeps at least three different ones.
    const next = uniform(seed);
    const rows = Array.from({ length: x.n }, (_, i) => (i > 2 && i % 2 === 1 ? Math.floor(next() * i) : i));
    return { x: selectRows(x, rows), y: selectRows(y, rows) };
  },
  "rank-deficient": ({ x, y }) => ({
    // Columns repeated, and one that is a sum of two others.
    x: features(x.n, 2 * x.d, (i, j) => at(x, i, j % x.d)),
    y: features(y.n, y.d + 1, (i, j) => (j < y.d ? at(y, i, j) : at(y, i, 0) + at(y, i, y.d - 1))),
  }),
  "offset of 1e4": ({ x, y }) => ({
    x: map(x, (v) => v + 1e4),
    y: map(y, (v, _, j) => v + 1e4 * (j % 2 === 0 ? 1 : -1)),
  }),
  "scales 1e-6 to 1e6": ({ x, y }, seed) => {
    const next = uniform(seed);
    const power = (): number => 10 ** (12 * next() - 6);
    const [a, b] = [power(), power()];
    return { x: map(x, (v) => v * a), y: map(y, (v) => v * b) };
  },
  "an outlier sample × 300": ({ x, y }, seed) => ({ x: map(x, (v, i) => (i === seed % x.n ? 300 * v : v)), y }),
  "a constant column": ({ x, y }) => ({
    x: features(x.n, x.d + 1, (i, j) => (j === 0 ? -7.3 : at(x, i, j - 1))),
    y,
  }),
};
