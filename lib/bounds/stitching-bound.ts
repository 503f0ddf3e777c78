import { workOptionsOf } from "../work-options.ts";
import { checkNumber } from "../check.ts";
import type { Head } from "../heads/head.ts";
import type { PhaseOptions } from "../phase-job.ts";
import type { Representation } from "../representation.ts";
import type { Lipschitz, StitchEvaluation } from "../stitching-result.ts";
import {
  checkEvaluation,
  checkHeadFits,
  checkStitched,
  checkTargetLayer,
  type EvaluationOptions,
  rowsOf,
} from "./check-stitching.ts";
import { evaluateStitching } from "./evaluate-stitching.ts";
import { rowErrors } from "./row-errors.ts";
import { classesOf, score } from "./scored.ts";
import type { StitchedModel } from "./stitching-risk.ts";

/** A stitched network, and the layer that its stitcher stands in for. */
export interface StitchedPairModel extends StitchedModel {
  /** f_2: n×d_2, the features that g_2 was made for. */
  readonly target: Representation;
}

/** Options of {@link stitchingBound}. */
export interface BoundOptions extends EvaluationOptions {
  /** κ of the head on the caller's word, in place of the head's own. At least 0. */
  readonly lipschitz?: number;
}

/** Theorem 1 with all that goes into it. */
export interface StitchingBound extends StitchEvaluation {
  /** κ of the head, and where it comes from. */
  readonly kappa: Lipschitz;
  /** The rows that everything was measured on; null for all. */
  readonly rows: Uint32Array | null;
}

/** κ as the caller has it, or as the head has. */
export async function kappaOf(head: Head, given: unknown, work: PhaseOptions): Promise<Lipschitz> {
  if (given === undefined) return await head.lipschitz(workOptionsOf(work));
  return { constant: checkNumber(given, "lipschitz", { min: 0 }), method: "given", parts: [] };
}

/**
 * Theorem 1: the risk of the stitched network g_2∘s∘f_1 is at most (√R(h_2) + κ√Ã)², R(h_2) the risk of the network stitched into, κ the
 * Lipschitz constant of its head, and Ã = (1/n)·Σ‖s(f_1(x_i)) − f_2(x_i)‖² the stitcher's matching error. Everything is measured on the same
 * rows, so the bound holds for any stitcher there, on rows that it was fitted on as on rows held out: a `slack` below 0 beyond rounding
 * would be a bug, unless κ was given and is too small.
 *
 * Units: all risks, the bound and the slack (bound − risk) in the targets' units squared; Ã in the features'.
 *
 * Source: Insulla, Huang and Rosasco 2025, section 4, theorem 1 and remark 3.
 *
 * @throws ArgumentError with code INVALID_ARGUMENT, SHAPE_MISMATCH, or NOT_LIPSCHITZ (a head without a known κ, and none given); the
 * signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { heads, Representation, stitchers, stitchingBound } from "gramian";
 * const source = await Representation.load("examples/mnist/mlp-a.safetensors", "relu3");
 * const target = await Representation.load("examples/mnist/mlp-b.safetensors", "relu3");
 * const targets = await Representation.load("examples/mnist/targets.safetensors", "onehot");
 * const head = await heads.load("examples/mnist/mlp-b.weights.safetensors", { from: "relu3" });
 * const stitcher = await stitchers.affine().fit(source, target);
 * const { risk, bound, slack, kappa } = await stitchingBound({ source, target, stitcher, head, targets });
 * console.log(risk <= bound, slack > 0, kappa.method); // true true exact
 * ```
 */
export async function stitchingBound(model: StitchedPairModel, options?: BoundOptions): Promise<StitchingBound> {
  const { given, work } = checkEvaluation(options, "stitchingBound(options)", ["lipschitz"]);
  const { source, stitcher, head, targets } = checkStitched(model, "model");
  const target = checkTargetLayer(model.target, source, stitcher, "model.target");
  checkHeadFits(head, target.features, String(target));
  const rows = rowsOf(given.rows, source.samples);
  const kappa = await kappaOf(head, given.lipschitz, work);
  const run = workOptionsOf(work);
  const stitched = await stitcher.apply(source, run);
  const classes = classesOf(targets);
  const evaluation = evaluateStitching(
    {
      stitched: await score(await head.apply(stitched, run), targets, classes),
      own: await score(await head.apply(target, run), targets, classes),
      mismatch: await rowErrors(stitched, target),
    },
    kappa.constant,
    rows,
  );
  return { ...evaluation, kappa, rows };
}
