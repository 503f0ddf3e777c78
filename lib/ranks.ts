import { LayerPairs } from "./layer-pairs.ts";
import { linear } from "./kernels/linear.ts";
import { cosine } from "./kernels/cosine.ts";
import type { RsaDistance } from "./metrics/distance/rsa-distance.ts";
import type { RankMetric } from "./metrics/metric.ts";
import { native, type NativeRankResult, type NativeSource } from "./native.ts";
import type { Layer } from "./layer.ts";
import { correlationOperator, distanceOperator, kernelOperator, type MaybeOperator } from "./operators.ts";
import { phaseJob, type PhaseOptions } from "./phase-job.ts";
import type { Reader } from "./reader.ts";
import type { Reading } from "./readings.ts";
import { Representation } from "./representation.ts";

type RankReading = Reading<RankMetric>;

/** Beyond so many samples ranks are found through a histogram of this many bins: off by about 1e-7, but without a list of all distances. */
export const exactRankSamples = 4096;
export const rankBins = 2 ** 16;

/** Where the distance's ranks are found: the distance of the rows, or of the rows made unit vectors, whose square has the same ranks. */
function operatorFor(layer: Layer, distance: RsaDistance): MaybeOperator {
  if (!(layer instanceof Representation)) return { reason: `${layer.name} is a Gram matrix: it has no features` };
  switch (distance) {
    case "euclidean":
      return distanceOperator(layer);
    case "squared-euclidean":
      return kernelOperator(layer, linear());
    case "correlation":
      return correlationOperator(layer);
    case "cosine":
      return kernelOperator(layer, cosine());
  }
}

/** Rank correlations between the distances of two layers, pair by pair. */
export async function readRanks(
  readings: readonly RankReading[],
  sides: { readonly layers: readonly Layer[]; readonly rows: readonly number[]; readonly columns: readonly number[] },
  precision: "f32" | "f64",
  options: PhaseOptions,
): Promise<Map<Reading, Reader>> {
  const readers = new Map<Reading, Reader>();
  const samples = sides.layers[0]!.samples;
  const distanceOf = (reading: RankReading): RsaDistance => reading.choice.parameters["distance"] as RsaDistance;
  for (const distance of new Set(readings.map(distanceOf))) {
    const own = readings.filter((reading) => distanceOf(reading) === distance);
    const sources: NativeSource[] = [];
    const places = new Map<number, number>();
    const reasons = new Map<number, { readonly reason: string }>();
    for (const [layer, representation] of sides.layers.entries()) {
      const operator = operatorFor(representation, distance);
      if ("reason" in operator) reasons.set(layer, operator);
      else places.set(layer, sources.push(operator.source) - 1);
    }
    const pairs = new LayerPairs(sides.rows, sides.columns, places);
    const wants = [...new Set(own.map(({ metric }) => metric.comparison))];
    const bins = samples > exactRankSamples ? rankBins : 0;
    const exactOnly = wants.filter((want) => bins === 0 || want === "spearman");
    let found: NativeRankResult | null = null;
    if (pairs.count > 0 && exactOnly.length > 0 && samples >= 2) {
      found = await phaseJob<NativeRankResult>("ranks", options, (progress, done) =>
        native().rankJob(
          {
            samples,
            sources,
            distances: sources.map((_, source) => ({
              source,
              kind: distance === "euclidean" ? "euclidean" : "squared",
            })),
            pairs: pairs.flat,
            wants: exactOnly,
            bins,
            precision,
            threads: options.threads,
          },
          progress,
          done,
        ),
      );
    }
    for (const reading of own) {
      const { comparison } = reading.metric;
      readers.set(reading, (row, column) => {
        const missing = reasons.get(row) ?? reasons.get(column);
        if (missing !== undefined) return missing;
        if (!exactOnly.includes(comparison)) {
          return { reason: `Kendall's τ needs all distances ranked: at most ${exactRankSamples} samples` };
        }
        for (const [layer, side] of [
          [row, "row"],
          [column, "column"],
        ] as const) {
          // τ-a of a constant is 0 by definition; a correlation of ranks has no variance to divide by.
          if (comparison === "spearman" && found!.constant[places.get(layer)!] === 1) {
            return { reason: `all distances between the samples of the ${side} layer are equal` };
          }
        }
        return { value: found![comparison][pairs.find(row, column)!.pair]! };
      });
    }
  }
  return readers;
}
