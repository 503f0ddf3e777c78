/** How far a comparison has come. Tiles and batches are of equal size, so that done/total is a fair share of the time. */
export interface Progress {
  readonly phase: "medians" | "tiles" | "batches" | "metrics";
  readonly done: number;
  readonly total: number;
}

/** Called on the event loop, now and then; what it throws aborts the comparison and is what its promise rejects with. */
export type OnProgress = (progress: Progress) => void;
