import type { MatchingError, StitcherKind } from "../stitching/stitcher.ts";
import type { Lipschitz, StitchEvaluation } from "../stitching-result.ts";

/** What is told of some rows, all of it measured on them. */
export interface StitchOnRows {
  readonly matching: MatchingError;
  readonly evaluation: StitchEvaluation;
  /** The same with the task-aware stitcher; null where nobody asked for it. */
  readonly taskAware: StitchEvaluation | null;
}

/** What `gramian stitch` found: plain data, printed as a table or as JSON. */
export interface StitchedLayer {
  readonly from: string;
  readonly to: string;
  /** The head's name. */
  readonly head: string;
  readonly stitcher: {
    readonly name: string;
    readonly kind: StitcherKind;
    readonly inputs: number;
    readonly outputs: number;
    readonly lambda: number | null;
    readonly rank: number | null;
  };
  readonly kappa: Lipschitz;
  /** The most that pairs of samples stretched in the head: κ is at least this. */
  readonly sampledKappa: number | null;
  readonly rows: { readonly fitted: number; readonly heldOut: number; readonly split: number; readonly seed: number };
  readonly fitted: StitchOnRows;
  readonly heldOut: StitchOnRows | null;
  readonly milliseconds: number;
}
