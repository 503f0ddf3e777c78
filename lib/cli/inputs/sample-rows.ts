import { sample } from "../../random.ts";
import { UsageError } from "../usage-error.ts";

/** The sample of rows that a comparison was made on. */
export interface RowSample {
  readonly count: number;
  readonly of: number;
  readonly seed: number;
  /** In rising order. */
  readonly rows: Uint32Array;
}

/**
 * The seeded sample of rows that `--rows` asks for, without replacement.
 *
 * @throws UsageError when there are not so many.
 */
export function sampleRows(count: number, samples: number, seed: number): RowSample {
  if (count > samples) {
    throw new UsageError(`Expected at most ${samples} for --rows, the number of samples, but received ${count}.`);
  }
  return { count, of: samples, seed, rows: sample(samples, count, seed) };
}
