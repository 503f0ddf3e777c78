/** The nearest neighbours of every sample under one operator: n×count, nearest first, and the kernel's values there. */
export interface NeighbourLists {
  readonly count: number;
  readonly indices: Uint32Array;
  readonly values: Float64Array;
}
