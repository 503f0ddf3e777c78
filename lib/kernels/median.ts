/** Up to this many samples the median distance is exact; beyond it, that of a seeded sample of this many rows. */
export const exactMedianSamples = 2048;

/** The median pairwise distance that a bandwidth was taken from, and how it was found. */
export interface MedianDistance {
  /** Median of the Euclidean distances of the strict upper triangle, in the features' own units. */
  readonly distance: number;
  /** False when only a sample of the rows was looked at. */
  readonly exact: boolean;
  /** How many rows the distances are between. */
  readonly rows: number;
  /** The seed of the sample; null when it was not needed. */
  readonly seed: number | null;
}
