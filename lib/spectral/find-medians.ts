import type { MedianDistance } from "../kernels/median.ts";
import type { Layer } from "../layer.ts";
import { medianDistances } from "../median.ts";
import { needsMedian } from "../operators.ts";
import { Representation } from "../representation.ts";
import type { CheckedSpectralOptions } from "./options.ts";

/** The median distances that the kernel's bandwidth is a multiple of; none where it is a number or there is no bandwidth. */
export async function findMedians(
  layers: readonly Layer[],
  { kernel, seed, threads, signal, onProgress }: CheckedSpectralOptions,
): Promise<Map<Layer, MedianDistance>> {
  if (!needsMedian(kernel)) return new Map();
  const representations = layers.filter((layer) => layer instanceof Representation);
  const medians = await medianDistances(representations, {
    seed,
    threads,
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined
      ? {}
      : { onProgress: (done: number, total: number) => onProgress({ phase: "medians", done, total }) }),
  });
  return new Map(representations.map((layer, i) => [layer, medians[i]!]));
}
