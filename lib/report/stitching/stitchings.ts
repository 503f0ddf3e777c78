import type { StitchDirection, StitchedPair, StitchEvaluation, StitchingResult } from "../../stitching-result.ts";
import type { RowSet } from "./row-sets.ts";

/** A pair that was run on some rows, and where it stands. */
export interface Stitching {
  /** Index into the result's directions. */
  readonly index: number;
  readonly direction: StitchDirection;
  readonly pair: StitchedPair;
  readonly evaluation: StitchEvaluation;
}

/** All pairs that have numbers on these rows, direction by direction. */
export function stitchingsOn(result: StitchingResult, set: RowSet): Stitching[] {
  return result.directions.flatMap((direction, index) =>
    direction.pairs.flatMap((pair) => {
      const evaluation = pair[set];
      return evaluation === null ? [] : [{ index, direction, pair, evaluation }];
    }),
  );
}

/** Whether stitching starts from the untrained network. */
export function isFromBaseline({ networks }: StitchingResult, { from }: StitchDirection): boolean {
  return networks[from]!.baseline;
}
