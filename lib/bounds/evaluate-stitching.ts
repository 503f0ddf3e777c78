import type { StitchEvaluation } from "../stitching-result.ts";
import { meanOver } from "./row-errors.ts";
import { riskOver, type Scored } from "./scored.ts";
import { theoremOne } from "./theorem-one.ts";

/** What is known of every row: of the stitched network, of the network stitched into, and how far the stitcher was off. */
export interface StitchedRows {
  readonly stitched: Scored;
  readonly own: Scored;
  /** ‖s(f_1(x_i)) − f_2(x_i)‖². */
  readonly mismatch: Float64Array;
}

/** Theorem 1 and all that goes into it, over these rows; over all where there are none. */
export function evaluateStitching(
  { stitched, own, mismatch }: StitchedRows,
  kappa: number,
  rows: ArrayLike<number> | null,
): StitchEvaluation {
  const { risk, accuracy } = riskOver(stitched, rows);
  const ownRisk = riskOver(own, rows).risk;
  const misalignment = meanOver(mismatch, rows);
  const bound = theoremOne(ownRisk, kappa, misalignment);
  return {
    samples: rows === null ? mismatch.length : rows.length,
    risk,
    accuracy,
    ownRisk,
    excess: risk - ownRisk,
    misalignment,
    bound,
    slack: bound - risk,
  };
}
