/** How far a comparison has come. The steps of one phase are of about equal size, so that done/total is a fair share of its time. */
export interface Progress {
  readonly phase: Phase;
  readonly done: number;
  readonly total: number;
}

/**
 * In their order: median distances; one factorisation a layer; tiles of all inner products; minibatches; singular values, neighbour
 * lists and ranks of pairs; pooled samples; permutations; resamples; formulas. Of stitching: stitchers; heads; a task-aware search.
 */
export type Phase =
  | "medians"
  | "factors"
  | "tiles"
  | "batches"
  | "spectra"
  | "neighbours"
  | "ranks"
  | "pooled"
  | "permutations"
  | "intervals"
  | "metrics"
  | "stitchers"
  | "heads"
  | "search";

/** Called on the event loop, now and then; what it throws aborts the comparison and is what its promise rejects with. */
export type OnProgress = (progress: Progress) => void;
