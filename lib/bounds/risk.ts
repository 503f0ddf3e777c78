import { workOptionsOf } from "../work-options.ts";
import type { Head } from "../heads/head.ts";
import type { Representation } from "../representation.ts";
import type { OwnRisk } from "../stitching-result.ts";
import type { Targets } from "../task/targets.ts";
import { checkEvaluation, checkModel, type EvaluationOptions, rowsOf } from "./check-stitching.ts";
import { classesOf, riskOver, score } from "./scored.ts";

/** A head on the features that it was made for (n×d), and what it should answer (n×t, or labels). */
export interface Model {
  readonly features: Representation;
  readonly head: Head;
  readonly targets: Targets;
}

/** A risk, and the rows that it was measured on. */
export interface Risk extends OwnRisk {
  readonly samples: number;
}

/**
 * The squared risk R(h) = (1/n)·Σ‖g(f(x_i)) − y_i‖² of a head g on features f(x_i), by running it; at least 0, in the targets' units squared.
 * Beside it the accuracy, where the targets are one-hot.
 *
 * Source: Insulla, Huang and Rosasco 2025, section 4.
 *
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH (a head of another width, targets of another length); the signal's
 * reason when it is aborted.
 *
 * @example
 * ```ts
 * import { heads, Representation, risk } from "gramian";
 * const features = await Representation.load("examples/mnist/mlp-a.safetensors", "relu2");
 * const targets = await Representation.load("examples/mnist/targets.safetensors", "onehot");
 * const head = await heads.load("examples/mnist/mlp-a.weights.safetensors", { from: "relu2" });
 * const { risk: squared, accuracy } = await risk({ features, head, targets });
 * console.log(squared.toFixed(3), accuracy); // 0.072 0.967
 * ```
 */
export async function risk(model: Model, options?: EvaluationOptions): Promise<Risk> {
  const { given, work } = checkEvaluation(options, "risk(options)", []);
  const { features, head, targets } = checkModel(model, "model");
  const rows = rowsOf(given.rows, features.samples);
  const scored = await score(await head.apply(features, workOptionsOf(work)), targets, classesOf(targets));
  return { ...riskOver(scored, rows), samples: rows === null ? features.samples : rows.length };
}
