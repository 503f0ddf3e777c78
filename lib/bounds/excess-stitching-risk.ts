import {
  checkEvaluation,
  checkHeadFits,
  checkStitched,
  checkTargetLayer,
  type EvaluationOptions,
} from "./check-stitching.ts";
import { type Risk, risk } from "./risk.ts";
import type { StitchedPairModel } from "./stitching-bound.ts";
import { stitchingRisk } from "./stitching-risk.ts";

/** How much worse (or, below 0, better) than the network stitched into the stitched one is. */
export interface ExcessRisk {
  /** R(g_2∘s∘f_1) − R(g_2∘f_2). */
  readonly excess: number;
  readonly stitched: Risk;
  readonly own: Risk;
}

/**
 * The excess stitching risk R(g_2∘s∘f_1) − R(g_2∘f_2): what it costs to run the head of one network on the features of another. In the
 * targets' units squared. It is below 0 where the stitched network does better.
 *
 * Source: Insulla, Huang and Rosasco 2025, section 4.
 *
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { excessStitchingRisk, heads, Representation, stitchers } from "gramian";
 * const source = await Representation.load("examples/mnist/mlp-a.safetensors", "relu2");
 * const target = await Representation.load("examples/mnist/mlp-b.safetensors", "relu2");
 * const targets = await Representation.load("examples/mnist/targets.safetensors", "onehot");
 * const head = await heads.load("examples/mnist/mlp-b.weights.safetensors", { from: "relu2" });
 * const stitcher = await stitchers.affine().fit(source, target);
 * const { excess, own } = await excessStitchingRisk({ source, target, stitcher, head, targets });
 * console.log(own.risk.toFixed(3), excess < 0.1); // 0.073 true
 * ```
 */
export async function excessStitchingRisk(model: StitchedPairModel, options?: EvaluationOptions): Promise<ExcessRisk> {
  checkEvaluation(options, "excessStitchingRisk(options)", []);
  const { source, stitcher, head, targets } = checkStitched(model, "model");
  const target = checkTargetLayer(model.target, source, stitcher, "model.target");
  checkHeadFits(head, target.features, String(target));
  const stitched = await stitchingRisk({ source, stitcher, head, targets }, options);
  const own = await risk({ features: target, head, targets }, options);
  return { excess: stitched.risk - own.risk, stitched, own };
}
