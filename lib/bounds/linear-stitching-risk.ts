import { checkHead } from "../heads/check-head.ts";
import { checkFeatures } from "../stitching/check-sides.ts";
import { workOptionsOf } from "../work-options.ts";
import { checkBoolean, expected } from "../check.ts";
import type { Head } from "../heads/head.ts";
import { heads } from "../heads/heads.ts";
import { transposed } from "../matrix/transposed.ts";
import { Representation } from "../representation.ts";
import { makeLinearStitcher } from "../stitching/linear-stitcher.ts";
import type { LinearMap, MatchingError, Stitcher } from "../stitching/stitcher.ts";
import { stitchers } from "../stitching/stitchers.ts";
import type { Targets } from "../task/targets.ts";
import type { WorkOptions } from "../work-options.ts";
import { checkEvaluation, checkTargetsFit, type EvaluationOptions, rowsOf } from "./check-stitching.ts";
import { valuesOf } from "./row-errors.ts";

/** What is stitched to a linear head: features of the first network, the head of the second, and targets. */
export interface LinearStitchingModel {
  /** f_1: n×d_1. */
  readonly source: Representation;
  /** g_2(z) = W_2z (+ b_2), t×d_2. */
  readonly head: Head;
  readonly targets: Targets;
}

/** Options of {@link linearStitchingRisk}. */
export interface LinearStitchingOptions extends EvaluationOptions {
  /** Whether the stitcher has a bias. True by default. */
  readonly bias?: boolean;
}

/** Lemma 2: the least risk that any linear stitcher reaches with a linear head. */
export interface LinearStitchingRisk {
  /** min_S R(W_2·S·f_1) = sourceRisk + gap. */
  readonly minimum: number;
  /** R(W_1f_1), the least risk of a linear head on f_1 itself. */
  readonly sourceRisk: number;
  /** ‖(I − W_2W_2†)·W_1·Σ_11^½‖²: what W_2 cannot express. 0 as soon as rank W_2 = t. */
  readonly gap: number;
  /** The rank of W_2. */
  readonly rank: number;
  /** S* = W_2†·W_1 (and its bias), which reaches the minimum. Its matching error is that of W_2 S* to W_1, in the outputs. */
  readonly stitcher: Stitcher;
  /** The risk of the network stitched with S*, by running it: equal to `minimum` to rounding. */
  readonly measured: number;
}

function matrixOfRows(values: Float64Array, rows: number, cols: number, name: string): Representation {
  return Representation.fromArray(values, [rows, cols], { name, take: true });
}

/** Rows of `weights` (t×d) with one column more. */
function withColumn(weights: Float64Array, rows: number, column: Float64Array): Float64Array {
  const width = weights.length / rows;
  const wide = new Float64Array(rows * (width + 1));
  for (let i = 0; i < rows; i += 1) {
    wide.set(weights.subarray(i * width, (i + 1) * width), i * (width + 1));
    wide[i * (width + 1) + width] = column[i]!;
  }
  return wide;
}

/** W_2†·[W_1 c]: the least squares of W_2 as a source of t rows, whose weights come transposed: (d_1 + 1)×d_2. */
async function solveHead(
  head: { readonly weights: Float64Array; readonly inputs: number; readonly outputs: number },
  wanted: Float64Array,
  run: WorkOptions,
): Promise<{ readonly solution: Float64Array; readonly rank: number }> {
  const width = wanted.length / head.outputs;
  const fitted = await stitchers
    .linear()
    .fit(
      matrixOfRows(head.weights.slice(), head.outputs, head.inputs, "W_2"),
      matrixOfRows(wanted, head.outputs, width, "W_1"),
      run,
    );
  return { solution: fitted.map()!.weights, rank: fitted.rank! };
}

/** W·S for W t×d and Sᵀ given as rows×d: t×rows. Heads are narrow, so this is small. */
function timesRows(weights: Float64Array, outputs: number, inputs: number, rows: Float64Array): Float64Array {
  const count = rows.length / inputs;
  const product = new Float64Array(outputs * count);
  for (let i = 0; i < outputs; i += 1) {
    for (let j = 0; j < count; j += 1) {
      let sum = 0;
      for (let k = 0; k < inputs; k += 1) sum += weights[i * inputs + k]! * rows[j * inputs + k]!;
      product[i * count + j] = sum;
    }
  }
  return product;
}

function meanSquare(outputs: Representation): number {
  return valuesOf(outputs).reduce((sum, value) => sum + value ** 2, 0) / outputs.samples;
}

/**
 * Lemma 2: for a linear head W_2 (with its bias b_2, if it has one) the least risk that a linear stitcher can reach, exactly:
 * min_S R(W_2Sf_1) = R(W_1f_1) + ‖(I − W_2W_2†)W_1Σ_11^½‖², with W_1 the least-squares head of f_1 for the targets less b_2. Reached by the
 * task-optimal stitcher S* = W_2†W_1. With a bias in the stitcher (the default) W_1 has one as well.
 *
 * @returns Risks in the targets' units squared, on the rows asked for (all by default).
 * @throws ArgumentError with code INVALID_ARGUMENT (a head that is not linear) or SHAPE_MISMATCH; the signal's reason when it is aborted.
 *
 * Source: Insulla, Huang and Rosasco 2025, section 4, lemma 2 (with I − W_2W_2† where it prints a matrix of another size).
 *
 * @example
 * ```ts
 * import { heads, linearStitchingRisk, Representation } from "gramian";
 * const source = await Representation.load("examples/mnist/mlp-a.safetensors", "relu3");
 * const targets = await Representation.load("examples/mnist/targets.safetensors", "onehot");
 * const head = await heads.load("examples/mnist/mlp-b.weights.safetensors", { from: "relu3" }); // its last layer
 * const { minimum, sourceRisk, rank } = await linearStitchingRisk({ source, head, targets });
 * console.log(rank, Math.abs(minimum - sourceRisk) < 1e-9); // 10 true
 * ```
 */
export async function linearStitchingRisk(
  model: LinearStitchingModel,
  options?: LinearStitchingOptions,
): Promise<LinearStitchingRisk> {
  const { given, work } = checkEvaluation(options, "linearStitchingRisk(options)", ["bias"]);
  const bias = given.bias === undefined ? true : checkBoolean(given.bias, "bias");
  const all = checkFeatures(model.source, "model.source");
  const head = checkHead(model.head, "model.head");
  const linear = head.linear();
  if (linear === null) throw expected("a linear head", "model.head", head.name);
  const allTargets = checkTargetsFit(model.targets, all.samples, head);
  const rows = rowsOf(given.rows, all.samples);
  const [source, targets] = rows === null ? [all, allTargets] : [all.rows(rows), allTargets.rows(rows)];
  const [t, inputs] = [head.outputs, head.inputs];
  const shift = linear.bias ?? new Float64Array(t);
  const run = workOptionsOf(work);

  const aims = Float64Array.from(valuesOf(targets), (value, k) => value - shift[k % t]!);
  const ownMethod = bias ? stitchers.affine() : stitchers.linear();
  const own = await ownMethod.fit(source, matrixOfRows(aims, source.samples, t, "targets"), run);
  const { weights, bias: ownBias } = own.map()!;
  const wanted = withColumn(weights, t, ownBias ?? new Float64Array(t));
  const { solution, rank } = await solveHead({ weights: linear.weights, inputs, outputs: t }, wanted.slice(), run);

  // What W_2 cannot express of [W_1 c], as a linear map of f_1.
  const expressed = timesRows(linear.weights, t, inputs, solution);
  const missing = wanted.map((value, k) => value - expressed[k]!);
  const d = source.features;
  const missed = heads.linear({
    weights: missing.filter((_, k) => k % (d + 1) < d),
    shape: [t, d],
    bias: missing.filter((_, k) => k % (d + 1) === d),
  });
  const gap = rank === t ? 0 : meanSquare(await missed.apply(source, run));

  const map: LinearMap = {
    weights: transposed(solution, d, inputs),
    bias: bias ? solution.slice(d * inputs) : null,
  };
  const fitted: MatchingError = { error: gap, relative: NaN, samples: source.samples };
  const stitcher = makeLinearStitcher({
    kind: "task-aware",
    name: "task-optimal",
    map,
    inputs: d,
    outputs: inputs,
    lambda: null,
    rank,
    fitted,
  });
  const outputs = valuesOf(await head.apply(await stitcher.apply(source, run), run));
  const truth = valuesOf(targets);
  const measured = outputs.reduce((sum, value, k) => sum + (value - truth[k]!) ** 2, 0) / source.samples;
  return { minimum: own.fitted.error + gap, sourceRisk: own.fitted.error, gap, rank, stitcher, measured };
}
