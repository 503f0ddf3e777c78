import { runJob } from "../../lib/job.ts";
import { native, type NativeNeighbourPairsResult, type NativeNeighbourScore } from "../../lib/native.ts";
import type { Lists } from "./plain-lists.ts";

/** scores[want][pair] of `layers`, by the addon. */
export async function runScores(
  layers: readonly Lists[],
  pairs: readonly (readonly [number, number])[],
  wants: readonly NativeNeighbourScore[],
  { threads = 2, signal }: { readonly threads?: number; readonly signal?: AbortSignal } = {},
): Promise<readonly Float64Array[]> {
  const { n, k } = layers[0]!;
  const spec = {
    samples: n,
    count: k,
    indices: layers.map(({ indices }) => indices),
    values: layers.map(({ values }) => values),
    pairs: Uint32Array.from(pairs.flat()),
    wants,
    threads,
  };
  const { scores } = await runJob<NativeNeighbourPairsResult>(
    (progress, done) => native().neighbourPairsJob(spec, progress, done),
    { signal },
  );
  return scores;
}
