import { workOptionsOf } from "../work-options.ts";
import type { Head } from "../heads/head.ts";
import type { Representation } from "../representation.ts";
import type { Stitcher } from "../stitching/stitcher.ts";
import type { Targets } from "../task/targets.ts";
import { checkEvaluation, checkStitched, type EvaluationOptions, rowsOf } from "./check-stitching.ts";
import type { Risk } from "./risk.ts";
import { classesOf, riskOver, score } from "./scored.ts";

/** A stitched network h_12 = g_2∘s∘f_1: features of the first, a stitcher, and the head of the second. */
export interface StitchedModel {
  /** f_1: n×d_1. */
  readonly source: Representation;
  /** s: ℝ^d_1 → ℝ^d_2. */
  readonly stitcher: Stitcher;
  /** g_2: ℝ^d_2 → ℝ^t. */
  readonly head: Head;
  /** n×t, or n labels. */
  readonly targets: Targets;
}

/**
 * The risk R(g_2∘s∘f_1) of a stitched network, by running it: (1/n)·Σ‖g_2(s(f_1(x_i))) − y_i‖², at least 0, in the targets' units squared.
 *
 * Source: Insulla, Huang and Rosasco 2025, section 4.
 *
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH (widths that do not chain, targets of another length); the signal's
 * reason when it is aborted.
 *
 * @example
 * ```ts
 * import { heads, Representation, stitchers, stitchingRisk } from "gramian";
 * const source = await Representation.load("examples/mnist/mlp-a.safetensors", "relu2");
 * const target = await Representation.load("examples/mnist/mlp-b.safetensors", "relu2");
 * const targets = await Representation.load("examples/mnist/targets.safetensors", "onehot");
 * const head = await heads.load("examples/mnist/mlp-b.weights.safetensors", { from: "relu2" });
 * const stitcher = await stitchers.affine().fit(source, target);
 * const { risk, accuracy } = await stitchingRisk({ source, stitcher, head, targets });
 * console.log(risk.toFixed(3), accuracy);
 * ```
 */
export async function stitchingRisk(model: StitchedModel, options?: EvaluationOptions): Promise<Risk> {
  const { given, work } = checkEvaluation(options, "stitchingRisk(options)", []);
  const { source, stitcher, head, targets } = checkStitched(model, "model");
  const rows = rowsOf(given.rows, source.samples);
  const stitched = await stitcher.apply(source, workOptionsOf(work));
  const scored = await score(await head.apply(stitched, workOptionsOf(work)), targets, classesOf(targets));
  return { ...riskOver(scored, rows), samples: rows === null ? source.samples : rows.length };
}
