/** The nearest neighbours of every sample under one operator: n×count, nearest first, and the kernel's values there. */
export interface NeighbourLists {
  readonly count: number;
  readonly indices: Uint32Array;
  readonly values: Float64Array;
}

/** The first k of each list. */
export function shortenedLists({ count, indices, values }: NeighbourLists, k: number): NeighbourLists {
  if (k === count) return { count, indices, values };
  const samples = indices.length / count;
  const shorter = { count: k, indices: new Uint32Array(samples * k), values: new Float64Array(samples * k) };
  for (let i = 0; i < samples; i += 1) {
    shorter.indices.set(indices.subarray(i * count, i * count + k), i * k);
    shorter.values.set(values.subarray(i * count, i * count + k), i * k);
  }
  return shorter;
}
