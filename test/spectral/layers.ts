import { type Features, features, map, multiply } from "../twin/features.ts";
import { gaussian } from "../twin/random.ts";
import { type Narrow, rounded } from "./ask.ts";

export interface Layer {
  readonly name: string;
  readonly x: Features;
  readonly dtype: Narrow;
  /** Rank of HX, where it is known beforehand. */
  readonly rank?: number;
}

const tall = gaussian(60, 12, 1);
const wide = gaussian(15, 40, 2);

/** Columns 3 and 7 are the same, column 5 is 0, column 6 constant. */
const awkward = map(tall, (value, i, j) => {
  if (j === 5) return 0;
  if (j === 6) return 2.5;
  return j === 7 ? (tall.data[i * tall.d + 3] ?? NaN) : value;
});

function layer(name: string, x: Features, rank?: number, dtype: Narrow = "f64"): Layer {
  return { name, x: rounded(x, dtype), dtype, ...(rank === undefined ? {} : { rank }) };
}

/** Shapes and numbers that hurt. */
export const layers: readonly Layer[] = [
  layer("tall", tall, 12),
  layer("tall in f32", tall, 12, "f32"),
  layer("tall in f16", tall, 12, "f16"),
  layer("square", gaussian(20, 20, 3), 19),
  layer("one more sample than features", gaussian(21, 20, 4), 20),
  layer("wide", wide, 14),
  layer("wide in f16", wide, 14, "f16"),
  layer("one feature", gaussian(30, 1, 5), 1),
  layer("two samples", gaussian(2, 5, 6), 1),
  layer("one sample", gaussian(1, 4, 7), 0),
  layer(
    "constant",
    features(12, 3, (_, j) => j + 0.1),
    0,
  ),
  layer("duplicated, dead and constant features", awkward, 9),
  layer("of rank 4, tall", multiply(gaussian(50, 4, 8), gaussian(4, 14, 9)), 4),
  layer("of rank 4, wide", multiply(gaussian(18, 4, 10), gaussian(4, 30, 11)), 4),
  layer(
    "an offset of 10⁴",
    map(tall, (value) => value + 1e4),
    12,
  ),
  layer(
    "scaled by 10⁶",
    map(tall, (value) => value * 1e6),
    12,
  ),
  layer(
    "scaled by 10⁻⁶",
    map(wide, (value) => value * 1e-6),
    14,
  ),
  layer(
    "scaled by 10⁻¹⁵⁰",
    map(tall, (value) => value * 1e-150),
    12,
  ),
  layer(
    "scales from 1 to 10⁻⁵",
    map(tall, (value, _, j) => value * 10 ** (-j / 2.2)),
    12,
  ),
  layer(
    "scales from 1 to 10⁻⁹",
    map(tall, (value, _, j) => value * 10 ** (-j / 1.2)),
    12,
  ),
];
