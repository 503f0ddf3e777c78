import type { OnProgress, Progress as Phase } from "../progress.ts";
import type { Progress } from "./progress.ts";

const units: Readonly<Record<Phase["phase"], string>> = {
  medians: "layers",
  factors: "layers",
  tiles: "tiles",
  batches: "batches",
  spectra: "pairs",
  neighbours: "pairs",
  ranks: "steps",
  pooled: "pairs",
  permutations: "permutations",
  intervals: "resamples",
  metrics: "pairs",
  stitchers: "pairs",
  heads: "pairs",
  search: "steps",
};

/** Hands the phases of a comparison on to the bar; `size` is what is compared, e.g. `48 × 48 layers`. */
export function phaseProgress(progress: Progress, size: string): OnProgress {
  const labels: Readonly<Record<Phase["phase"], string>> = {
    medians: "finding bandwidths",
    factors: "factorising layers",
    tiles: `comparing ${size}`,
    batches: `comparing ${size} in batches`,
    spectra: "comparing spectra",
    neighbours: "comparing neighbours",
    ranks: "ranking distances",
    pooled: "pooling samples",
    permutations: "shuffling samples",
    intervals: "resampling",
    metrics: "evaluating metrics",
    stitchers: "fitting stitchers",
    heads: "running heads",
    search: "searching a stitcher for the task",
  };
  let current: string | null = null;
  return ({ phase, done, total }) => {
    if (phase !== current) progress.begin(labels[phase], total, units[phase]);
    current = phase;
    progress.update(done);
  };
}
