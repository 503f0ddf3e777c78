import { describeKernel } from "./kernels/describe.ts";
import type { Kernel } from "./kernels/kernel.ts";
import { LayerPairs } from "./layer-pairs.ts";
import type { NeighbourMetric } from "./metrics/metric.ts";
import { type NeighbourLists, shortenedLists } from "./neighbour-lists.ts";
import { native, type NativeNeighbourPairsResult, type NativeNeighbourScore } from "./native.ts";
import type { OperatorSet } from "./operator-set.ts";
import { phaseJob, type PhaseOptions } from "./phase-job.ts";
import { isBackward, type Reader } from "./reader.ts";
import type { Reading } from "./readings.ts";

type NeighbourReading = Reading<NeighbourMetric>;

/** k of a reading, on so many samples. */
export function countOf({ choice }: NeighbourReading, samples: number): number {
  return Math.min(choice.parameters["k"] as number, samples - 1);
}

/** The score of the second layer's way to the first, where it has a name of its own. */
function wayBack(score: NativeNeighbourScore): NativeNeighbourScore | null {
  return score === "cycleForward" ? "cycleBackward" : null;
}

/** How alike the lists of neighbours are, pair by pair. `lists` are by operator number. */
export async function readNeighbours(
  readings: readonly NeighbourReading[],
  sides: { readonly layers: number; readonly rows: readonly number[]; readonly columns: readonly number[] },
  samples: number,
  set: OperatorSet,
  lists: ReadonlyMap<number, NeighbourLists>,
  options: PhaseOptions,
): Promise<Map<Reading, Reader>> {
  const readers = new Map<Reading, Reader>();
  const batches = new Map<string, { kernel: Kernel; k: number; readings: NeighbourReading[] }>();
  for (const reading of readings) {
    const [kernel, k] = [reading.kernel!, countOf(reading, samples)];
    // On one sample nobody has a neighbour; every cell will say so.
    if (k < 1) {
      readers.set(reading, () => ({ reason: "a single sample has no neighbours" }));
      continue;
    }
    const key = `${k} ${describeKernel(kernel)}`;
    const batch = batches.get(key) ?? { kernel, k, readings: [] };
    batch.readings.push(reading);
    batches.set(key, batch);
  }
  for (const { kernel, k, readings: own } of batches.values()) {
    const members: NeighbourLists[] = [];
    const places = new Map<number, number>();
    const reasons = new Map<number, { readonly reason: string }>();
    for (let layer = 0; layer < sides.layers; layer += 1) {
      const place = set.place({ make: "kernel", kernel }, layer);
      if ("reason" in place) reasons.set(layer, place);
      else places.set(layer, members.push(shortenedLists(lists.get(place.operator)!, k)) - 1);
    }
    const wanted = [...new Set(own.map(({ metric, choice }) => metric.score(choice)))];
    // Of a score that has a name for the way back, one look at a pair gives both ways; else a pair is looked at from both ends.
    const ordered = own.some(({ metric, choice }) => !metric.symmetric && wayBack(metric.score(choice)) === null);
    const pairs = new LayerPairs(sides.rows, sides.columns, places, ordered);
    const wants = ordered ? wanted : wanted.flatMap((score) => [score, ...[wayBack(score) ?? []].flat()]);
    const { scores } =
      pairs.count === 0
        ? { scores: [] }
        : await phaseJob<NativeNeighbourPairsResult>("neighbours", options, (progress, done) =>
            native().neighbourPairsJob(
              {
                samples,
                count: k,
                indices: members.map(({ indices }) => indices),
                values: members.map(({ values }) => values),
                pairs: pairs.flat,
                wants,
                threads: options.threads,
              },
              progress,
              done,
            ),
          );
    for (const reading of own) {
      const { metric, choice } = reading;
      const score = metric.score(choice);
      const [found, back] = [scores[wants.indexOf(score)], scores[wants.indexOf(wayBack(score) ?? score)]];
      const backward = isBackward(metric, choice);
      readers.set(reading, (row, column) => {
        const missing = reasons.get(row) ?? reasons.get(column);
        if (missing !== undefined) return missing;
        const { pair, swapped } = (backward ? pairs.find(column, row) : pairs.find(row, column))!;
        const value = (swapped ? back! : found!)[pair]!;
        return Number.isNaN(value) ? { reason: "a self-term over the mutual neighbours is not above 0" } : { value };
      });
    }
  }
  return readers;
}
