import { checkInteger, checkOptions, checkSignal } from "./check.ts";
import { runJob } from "./job.ts";
import { exactMedianSamples, type MedianDistance } from "./kernels/median.ts";
import { native, type NativeProgress } from "./native.ts";
import { sample } from "./random.ts";
import { factsOf, matrixOf, type Representation } from "./representation.ts";

/** Medians are asked for again and again for the same layers; they are remembered by layer and seed. */
const known = new WeakMap<Representation, Map<number, MedianDistance>>();

/** Options of {@link medianBandwidth}. */
export interface MedianOptions {
  /** Seed of the sample of rows that stands in for all of them beyond 2,048 samples. 0 by default. */
  readonly seed?: number;
  readonly threads?: number;
  readonly signal?: AbortSignal;
}

/** The median distances of several layers in one job, in their order. */
export async function medianDistances(
  layers: readonly Representation[],
  options: { seed: number; threads: number; signal?: AbortSignal; onProgress?: NativeProgress },
): Promise<MedianDistance[]> {
  const { seed, threads } = options;
  const missing = [...new Set(layers)].filter((layer) => known.get(layer)?.has(seed) !== true);
  if (missing.length > 0) {
    const samples = missing.map((layer) =>
      layer.samples > exactMedianSamples ? sample(layer.samples, exactMedianSamples, seed) : null,
    );
    const requests = missing.map((layer, i) => {
      const rows = samples[i];
      return { matrix: matrixOf(layer), mean: factsOf(layer).mean, ...(rows ? { rows } : {}) };
    });
    const distances = await runJob<Float64Array>(
      (progress, done) => native().medianJob(requests, threads, progress, done),
      options,
    );
    for (const [i, layer] of missing.entries()) {
      const rows = samples[i];
      const found: MedianDistance = {
        distance: distances[i]!,
        exact: !rows,
        rows: rows ? rows.length : layer.samples,
        seed: rows ? seed : null,
      };
      const bySeed = known.get(layer) ?? new Map<number, MedianDistance>();
      bySeed.set(seed, found);
      known.set(layer, bySeed);
    }
  }
  return layers.map((layer) => known.get(layer)!.get(seed)!);
}

/**
 * The median Euclidean distance between the rows of a representation (n×d), the unit of {@link rbf}'s and {@link laplacian}'s
 * `medianScale`: the median of the strict upper triangle's n(n−1)/2 distances, in the features' own units, at least 0. Exact up to
 * 2,048 samples; beyond, that of a seeded sample of 2,048 rows, and `exact` is false.
 *
 * Source: the median rule of Kornblith, Norouzi, Lee and Hinton 2019, section 3.
 *
 * @throws The signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { medianBandwidth, Representation } from "gramian";
 * const points = Representation.fromArray(new Float64Array([0, 1, 3]), [3, 1], { name: "points" });
 * console.log((await medianBandwidth(points)).distance); // 2
 * ```
 */
export async function medianBandwidth(
  representation: Representation,
  options?: MedianOptions,
): Promise<MedianDistance> {
  const { seed, threads, signal } = checkOptions(options, "medianBandwidth(options)", ["seed", "threads", "signal"]);
  const [median] = await medianDistances([representation], {
    seed: seed === undefined ? 0 : checkInteger(seed, "seed", { min: 0, max: 2 ** 32 - 1 }),
    threads: threads === undefined ? native().info().cores : checkInteger(threads, "threads", { min: 1, max: 256 }),
    ...(signal === undefined ? {} : { signal: checkSignal(signal, "signal") }),
  });
  return median!;
}
