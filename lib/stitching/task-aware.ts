import { types } from "node:util";

import { checkInteger, checkNumber, checkOptions, expected } from "../check.ts";
import { ArgumentError } from "../errors.ts";
import type { CheckedLayer } from "../heads/checked-layer.ts";
import { checkHead } from "../heads/check-head.ts";
import type { Head } from "../heads/head.ts";
import { layersOf } from "../heads/network-head.ts";
import { checkFinite, findFacts } from "../matrix/facts.ts";
import { checkRows, type RowIndices } from "../matrix/rows.ts";
import { checkLength } from "../matrix/typed-array.ts";
import { matrixOf, type Representation } from "../representation.ts";
import { checkSameSamples } from "../spectral/check-layers.ts";
import { checkTargetNumbers, type Targets } from "../task/targets.ts";
import { checkWorkOptions, workKeys, type WorkOptions, workOptionsOf } from "../work-options.ts";
import { affine } from "./affine.ts";
import { checkFeatures, checkWidth } from "./check-sides.ts";
import { type LinearStitcherParts, makeLinearStitcher } from "./linear-stitcher.ts";
import { searchMap } from "./search-map.ts";
import { type MapArrays, stitchedRiskOf } from "./stitched-risk.ts";
import type { LinearMap, Stitcher } from "./stitcher.ts";

/** What {@link taskAwareStitcher} works on. */
export interface TaskAwareProblem {
  /** f_1: n×d_1. */
  readonly source: Representation;
  /** g_2: d_2 to t; linear or a network (`heads.linear`, `network`, `load`, `loadNetwork`), for a function has no derivative here. */
  readonly head: Head;
  /** Y: n×t. */
  readonly targets: Targets;
  /**
   * Where the search begins: a fitted linear stitcher, or S and b; a bias is searched for where it has one. By default the affine least
   * squares to `target`. Zeros are no start for a network: behind a relu no step from them changes anything.
   */
  readonly start?: Stitcher | LinearMap;
  /** f_2: n×d_2, for the default start, and to say how far from it the stitcher has gone (`stitcher.fitted`, which is NaN without). */
  readonly target?: Representation;
  /** The rows to fit on; all by default. */
  readonly rows?: RowIndices;
}

/** Options of {@link taskAwareStitcher}. */
export interface TaskAwareOptions extends WorkOptions {
  /** 500 by default. */
  readonly maxIterations?: number;
  /** Ends when an iteration's decrease is below this share of the risk; 1e-10 by default. */
  readonly tolerance?: number;
  /** λ ≥ 0: risk + λ·‖S‖² is minimised. 0 by default. */
  readonly ridge?: number;
}

/** A stitcher fitted to a task, and how the search went. */
export interface TaskAwareResult {
  readonly stitcher: Stitcher;
  /** (1/n)·Σ‖g_2(S·f_1 + b) − y‖² on the rows that were fitted on. */
  readonly risk: number;
  /** The same of the start. */
  readonly startRisk: number;
  readonly iterations: number;
  /** Of the risk and its gradient. */
  readonly evaluations: number;
  readonly converged: boolean;
  /** Why the search ended. */
  readonly reason: string;
  /** What was minimised (with a ridge: risk + λ(‖S‖² − ‖S_0‖²)) at the start and after each iteration. */
  readonly history: Float64Array;
}

interface Checked {
  readonly source: Representation;
  readonly target: Representation | null;
  readonly targets: Representation;
  readonly layers: readonly CheckedLayer[];
  readonly outputs: number;
  /** Null: the affine least squares to the target. */
  readonly start: MapArrays | null;
}

function checkStart(value: unknown, inputs: number, outputs: number): MapArrays {
  const given = value as Partial<Stitcher & LinearMap> | null | undefined;
  if (typeof given !== "object" || given === null) throw expected("a stitcher or { weights, bias }", "start", value);
  const map = typeof given.map === "function" ? given.map() : given;
  if (map === null) throw expected("a linear stitcher, which this kernel's is not,", "start", value);
  const numbers = (entries: unknown, shape: readonly [number, number], name: string): Float64Array => {
    if (!types.isFloat64Array(entries)) throw expected("a Float64Array", name, entries);
    checkLength(entries, shape, name);
    const matrix = { data: entries.slice(), dtype: "f64", rows: shape[0], cols: shape[1] } as const;
    checkFinite(findFacts(matrix), matrix, name);
    return matrix.data;
  };
  const { weights, bias } = map;
  return {
    weights: numbers(weights, [outputs, inputs], "start.weights"),
    bias: bias === null || bias === undefined ? null : numbers(bias, [1, outputs], "start.bias"),
  };
}

function checkTarget(value: unknown, source: Representation, outputs: number): Representation {
  const target = checkFeatures(value, "target");
  checkSameSamples(source, target);
  checkWidth(target, outputs, "which the head takes,");
  return target;
}

function checkProblem(problem: TaskAwareProblem): Checked {
  const keys = ["source", "head", "targets", "start", "target", "rows"] as const;
  const given = checkOptions(problem, "problem", keys);
  const source = checkFeatures(given.source, "source");
  const head = checkHead(given.head, "head");
  const layers = layersOf(head);
  if (layers === null) {
    throw expected("a head of layers, through which the gradient can be taken,", "head", head.name, {
      hint: "heads.linear, heads.network, heads.load and loadNetwork make such heads.",
    });
  }
  const { representation: targets } = checkTargetNumbers(given.targets, source.samples, "targets");
  if (targets.features !== head.outputs) {
    throw new ArgumentError(
      "SHAPE_MISMATCH",
      `Expected ${head.outputs} columns of targets, as head ${head.name} gives, but received ${targets.features}: ${String(targets)}.`,
      { head: head.name, expected: head.outputs, received: targets.features },
    );
  }
  const target = given.target === undefined ? null : checkTarget(given.target, source, head.inputs);
  if (given.start === undefined && target === null)
    throw expected("a start, or a target to fit one to,", "start", undefined);
  const start = given.start === undefined ? null : checkStart(given.start, source.features, head.inputs);
  if (given.rows !== undefined) checkRows(given.rows as RowIndices, source.samples, "rows");
  const rowsOf = (layer: Representation): Representation =>
    given.rows === undefined ? layer : layer.rows(given.rows as RowIndices);
  return {
    source: rowsOf(source),
    target: target && rowsOf(target),
    targets: rowsOf(targets),
    layers,
    outputs: head.inputs,
    start,
  };
}

async function affineStart(source: Representation, target: Representation, work: WorkOptions): Promise<MapArrays> {
  return (await affine().fit(source, target, work)).map()!;
}

/** The stitcher with how far it is from the target, where there is one. */
async function measured(
  parts: Omit<LinearStitcherParts, "fitted">,
  source: Representation,
  target: Representation | null,
  work: WorkOptions,
): Promise<Stitcher> {
  const nothing = { error: NaN, relative: NaN, samples: source.samples };
  const stitcher = makeLinearStitcher({ ...parts, fitted: nothing });
  if (target === null) return stitcher;
  return makeLinearStitcher({ ...parts, fitted: await stitcher.error(source, target, work) });
}

const sumOfSquares = (values: Float64Array): number => values.reduce((sum, value) => sum + value ** 2, 0);

/**
 * A linear stitcher for a task: minimises the stitched network's own risk (1/n)·Σ‖g_2(S·f_1 + b) − y‖² over S (d_2×d_1) and b, from a stitcher
 * that matches representations. The risk is at most the start's, so Theorem 1 bounds it too; for a linear head it is the least there is (Lemma
 * 2), for a network a local minimum. The gradient is taken by back-propagation through the head, and followed by L-BFGS in coordinates in which
 * the source's features are white.
 *
 * Costs about 6·n·(d_1·d_2 + the head's weights) flops an evaluation. Results do not depend on the number of threads.
 *
 * Source: Insulla, Huang and Rosasco 2025, section 4; Bansal, Nakkiran and Barak 2021 (stitching by task loss).
 *
 * @throws ArgumentError INVALID_ARGUMENT (a head that is a function, a start that is not linear), SHAPE_MISMATCH, or the signal's reason when it is
 * aborted.
 *
 * @example
 * ```ts
 * import { heads, Representation, taskAwareStitcher } from "gramian";
 * const source = Representation.fromArray(Float64Array.of(0, 1, 2, 3), [4, 1]);
 * const head = heads.linear({ weights: Float64Array.of(2), shape: [1, 1] });
 * const start = { weights: Float64Array.of(0), bias: Float64Array.of(0) };
 * const { stitcher, risk, startRisk } = await taskAwareStitcher({ source, head, targets: Float64Array.of(1, 3, 5, 7), start });
 * console.log(startRisk, risk < 1e-12, stitcher.map()!.weights[0]!.toFixed(6)); // 21 true 1.000000
 * ```
 */
export async function taskAwareStitcher(
  problem: TaskAwareProblem,
  options?: TaskAwareOptions,
): Promise<TaskAwareResult> {
  const keys = [...workKeys, "maxIterations", "tolerance", "ridge"] as const;
  const given = checkOptions(options, "taskAwareStitcher(options)", keys);
  const work = checkWorkOptions(given);
  const { maxIterations: most, tolerance: share, ridge: lambda } = given;
  const maxIterations = most === undefined ? 500 : checkInteger(most, "maxIterations", { min: 0 });
  const tolerance = share === undefined ? 1e-10 : checkNumber(share, "tolerance", { min: 0 });
  const ridge = lambda === undefined ? 0 : checkNumber(lambda, "ridge", { min: 0 });
  const checked = checkProblem(problem);
  work.signal?.throwIfAborted();
  const { source, target, targets, layers, outputs } = checked;
  const start = checked.start ?? (await affineStart(source, target!, workOptionsOf(work)));

  const { map, ...search } = await searchMap({ ...checked, start }, { maxIterations, tolerance, ridge }, work);
  const whole = { features: matrixOf(source), offsets: null, outputs, layers, targets: matrixOf(targets) };
  const startRisk = await stitchedRiskOf(whole, start, null, work);
  const found = await stitchedRiskOf(whole, map, null, work);
  const cost = (risk: number, { weights }: MapArrays): number => risk + ridge * sumOfSquares(weights);
  // Where nothing was gained, rounding on the way back from the search's coordinates may have lost a little.
  const better = cost(found, map) <= cost(startRisk, start);
  const parts: Omit<LinearStitcherParts, "fitted"> = {
    kind: "task-aware",
    name: "task-aware",
    map: better ? map : start,
    inputs: source.features,
    outputs,
    lambda: null,
    rank: null,
  };
  const stitcher = await measured(parts, source, target, workOptionsOf({ ...work, onProgress: undefined }));
  return { stitcher, risk: better ? found : startRisk, startRisk, ...search };
}
