import { bootstrapCounts } from "../random.ts";
import type { OperatorGroups } from "../share-sources.ts";
import { normalWidth } from "./normal-quantile.ts";
import { orderStatistic } from "./order-statistic.ts";
import type { IntervalStatistic } from "./statistic.ts";
import { weightedStatistics, type WeightedOptions } from "./weighted-statistics.ts";

/** One number a pair, in the order of the pairs of all groups; NaN where the statistic, or one of its replicates, does not exist. */
export interface Intervals {
  /** The statistic of the samples as they are. */
  readonly estimate: Float64Array;
  readonly standardError: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

export interface IntervalOptions extends WeightedOptions {
  /** The share of intervals that hold the truth. Default 0.95. */
  readonly level?: number | undefined;
}

export interface BootstrapOptions extends IntervalOptions {
  /** How many resamplings. */
  readonly replicates: number;
  readonly seed: number;
}

function empty(pairs: number): Intervals {
  const numbers = (): Float64Array => new Float64Array(pairs).fill(NaN);
  return { estimate: numbers(), standardError: numbers(), lower: numbers(), upper: numbers() };
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function squaresAround(centre: number, values: Float64Array): number {
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
}

/** Each pair's statistic under the weights 1 and under `replicates` more. */
async function replicate(
  input: OperatorGroups,
  statistic: IntervalStatistic,
  replicates: number,
  fill: (weights: Float64Array, k: number) => void,
  options: WeightedOptions,
  read: (pair: number, estimate: number, replicates: Float64Array) => void,
): Promise<void> {
  const count = replicates + 1;
  const plainFirst = (weights: Float64Array, k: number): void => {
    if (k === 0) weights.fill(1);
    else fill(weights, k - 1);
  };
  const values = await weightedStatistics(input, statistic, count, plainFirst, options);
  for (let pair = 0; pair < values.length / count; pair += 1) {
    read(pair, values[pair * count]!, values.subarray(pair * count + 1, (pair + 1) * count));
  }
}

/**
 * Bootstrap intervals over samples for every pair: n samples are drawn with replacement `replicates` times, and the interval lies between
 * order statistics of what they give (the percentile interval); the standard error is their standard deviation. A sample that is drawn
 * twice is alike to itself in both layers, so replicates of biased estimates lie above the estimate, the more the fewer samples there
 * are and the wider the layers; the interval says how much the number would vary, not where the population's lies. Debiased estimates
 * take the diagonal out, which drawing twice undoes: they have the jackknife alone.
 *
 * Source: Efron 1979, "Bootstrap methods: another look at the jackknife"; Efron and Tibshirani 1993, section 13.3.
 */
export async function bootstrapIntervals(
  input: OperatorGroups,
  statistic: Exclude<IntervalStatistic, "cka.debiased">,
  options: BootstrapOptions,
): Promise<Intervals> {
  const { replicates, seed, level = 0.95 } = options;
  const found = empty(input.pairs.length / 2);
  const draw = bootstrapCounts(seed);
  await replicate(input, statistic, replicates, draw, options, (pair, estimate, values) => {
    found.estimate[pair] = estimate;
    if (values.length < 2 || values.some((value) => Number.isNaN(value))) return;
    found.standardError[pair] = Math.sqrt(squaresAround(mean(values), values) / (values.length - 1));
    const rising = values.slice().sort();
    found.upper[pair] = orderStatistic(rising, (1 + level) / 2);
    // The same rule from the other end, so that the interval is symmetric in what it leaves out.
    found.lower[pair] = -orderStatistic(rising.map((value) => -value).sort(), (1 + level) / 2);
  });
  return found;
}

/**
 * Jackknife intervals over samples for every pair: from what each statistic is without each of the samples in turn, its standard error,
 * √((n−1)/n·Σ_i(θ_i − θ̄)²), and the normal interval around the estimate.
 *
 * Source: Quenouille 1956; Tukey 1958; Efron and Tibshirani 1993, chapter 11.
 */
export async function jackknifeIntervals(
  input: OperatorGroups,
  statistic: IntervalStatistic,
  options: IntervalOptions,
): Promise<Intervals> {
  const { samples } = input;
  const found = empty(input.pairs.length / 2);
  const width = normalWidth(options.level ?? 0.95);
  const leaveOut = (weights: Float64Array, k: number): void => {
    weights.fill(1);
    weights[k] = 0;
  };
  await replicate(input, statistic, samples, leaveOut, options, (pair, estimate, values) => {
    found.estimate[pair] = estimate;
    if (values.some((value) => Number.isNaN(value))) return;
    const error = Math.sqrt((squaresAround(mean(values), values) * (samples - 1)) / samples);
    found.standardError[pair] = error;
    found.lower[pair] = estimate - width * error;
    found.upper[pair] = estimate + width * error;
  });
  return found;
}
