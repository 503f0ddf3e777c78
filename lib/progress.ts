/** How far a comparison has come. Tiles and batches are of equal size, so that done/total is a fair share of the time. */
export interface Progress {
  readonly phase: "medians" | "tiles" | "batches" | "metrics";
  readonly done: number;
  readonly total: number;
}

export type OnProgress = (progress: Progress) => void;
