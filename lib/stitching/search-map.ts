import type { CheckedLayer } from "../heads/checked-layer.ts";
import { runNetwork } from "../heads/run-network.ts";
import { emptyElements } from "../matrix/typed-array.ts";
import { transposed } from "../matrix/transposed.ts";
import type { PhaseOptions } from "../phase-job.ts";
import { matrixOf, type Representation } from "../representation.ts";
import { multiply } from "../spectral/products.ts";
import { type Evaluation, type Minimum, minimise } from "./minimise.ts";
import { searchSpace, type SearchSpace } from "./search-space.ts";
import { type MapArrays, stitchedRiskOf } from "./stitched-risk.ts";

/** What the search is about. */
export interface MapProblem {
  readonly source: Representation;
  readonly layers: readonly CheckedLayer[];
  readonly targets: Representation;
  readonly start: MapArrays;
  /** d_2. */
  readonly outputs: number;
}

export interface SearchOptions {
  readonly maxIterations: number;
  readonly tolerance: number;
  readonly ridge: number;
}

interface Found extends Omit<Minimum, "x" | "value"> {
  readonly map: MapArrays;
}

function zeros(length: number): Float64Array {
  return emptyElements("f64", length) as Float64Array;
}

/** (1/n)·Σ‖y‖²: what a network that gives zeros risks. */
function meanSquare(targets: Representation): number {
  return targets.toFloat64Array().reduce((sum, value) => sum + value ** 2, 0) / targets.samples;
}

/** S_0·Vᵀ, d_2×r: how ‖S_0 + ΔV‖² depends on Δ. */
async function overlapOf(
  start: MapArrays,
  space: SearchSpace,
  outputs: number,
  options: PhaseOptions,
): Promise<Float64Array> {
  const { rank, directions } = space;
  const width = start.weights.length / outputs;
  const overlap = zeros(outputs * rank);
  const left = { data: start.weights, dtype: "f64", rows: outputs, cols: width } as const;
  const right = { data: transposed(directions, rank, width), dtype: "f64", rows: width, cols: rank } as const;
  const sizes = { leftFrom: 0, leftCount: width, rightCount: rank };
  await multiply([{ left, right, transposed: false, ...sizes, out: overlap }], options);
  return overlap;
}

/** ridge·(‖S_0 + ΔV‖² − ‖S_0‖²), added to the value; its derivative to the gradient. */
function penalise(
  delta: Float64Array,
  gradient: Float64Array,
  space: SearchSpace,
  overlap: Float64Array,
  ridge: number,
): number {
  const { rank, lengths } = space;
  let sum = 0;
  for (let k = 0; k < delta.length; k += 1) {
    const length = lengths[k % rank]!;
    sum += delta[k]! * (2 * overlap[k]! + delta[k]! * length);
    gradient[k]! += 2 * ridge * (overlap[k]! + delta[k]! * length);
  }
  return ridge * sum;
}

/** S = S_0 + ΔV and b = b_0 + δ − Δm. */
async function mapOf(
  x: Float64Array,
  { start, outputs }: MapProblem,
  space: SearchSpace,
  options: PhaseOptions,
): Promise<MapArrays> {
  const { rank, directions, offsets } = space;
  const width = start.weights.length / outputs;
  const delta = x.subarray(0, outputs * rank);
  const weights = zeros(outputs * width);
  if (rank > 0) {
    const left = { data: delta.slice(), dtype: "f64", rows: outputs, cols: rank } as const;
    const right = { data: directions, dtype: "f64", rows: rank, cols: width } as const;
    const sizes = { leftFrom: 0, leftCount: rank, rightCount: width };
    await multiply([{ left, right, transposed: false, ...sizes, out: weights }], options);
  }
  for (let k = 0; k < weights.length; k += 1) weights[k]! += start.weights[k]!;
  const bias = start.bias?.map((value, j) => {
    let moved = value + x[outputs * rank + j]!;
    for (let k = 0; k < rank; k += 1) moved -= delta[j * rank + k]! * offsets[k]!;
    return moved;
  });
  return { weights, bias: bias ?? null };
}

/** Minimises risk + ridge·‖S‖² from the start. */
export async function searchMap(problem: MapProblem, search: SearchOptions, options: PhaseOptions): Promise<Found> {
  const { source, layers, targets, start, outputs } = problem;
  const { maxIterations, tolerance, ridge } = search;
  const space = await searchSpace(source, { centred: start.bias !== null, ridge }, options);
  const stitcher: CheckedLayer = {
    name: "start",
    inputs: source.features,
    outputs,
    native: { kind: "linear", outputs, ...start },
    lipschitz: null,
  };
  const at = await runNetwork(source, [stitcher], { ...options, onProgress: undefined });
  const stitched = {
    features: space.features,
    offsets: { data: at, dtype: "f64", rows: source.samples, cols: outputs } as const,
    outputs,
    layers,
    targets: matrixOf(targets),
  };
  // Without a direction there is a column of zeros, and the weights are none of the unknowns.
  const columns = space.features.cols;
  const count = outputs * space.rank;
  const overlap = ridge > 0 && space.rank > 0 ? await overlapOf(start, space, outputs, options) : null;
  const objective = async (x: Float64Array): Promise<Evaluation> => {
    const weights = zeros(outputs * columns);
    weights.set(x.subarray(0, count));
    const bias = start.bias === null ? null : x.slice(count);
    const slopes = { weights: zeros(weights.length), bias: bias === null ? null : zeros(outputs) };
    const risk = await stitchedRiskOf(stitched, { weights, bias }, slopes, options);
    const gradient = zeros(x.length);
    gradient.set(slopes.weights.subarray(0, count));
    if (slopes.bias !== null) gradient.set(slopes.bias, count);
    const penalty = overlap === null ? 0 : penalise(x.subarray(0, count), gradient, space, overlap, ridge);
    return { value: risk + penalty, gradient };
  };
  const { onProgress } = options;
  const {
    x,
    value: _value,
    ...rest
  } = await minimise(objective, zeros(count + (start.bias === null ? 0 : outputs)), {
    maxIterations,
    tolerance,
    // Below, a risk is rounding of the targets.
    floor: ridge > 0 ? -Infinity : Number.EPSILON ** 2 * meanSquare(targets),
    onIteration: (iteration) => onProgress?.({ phase: "search", done: iteration, total: maxIterations }),
  });
  return { ...rest, map: await mapOf(x, problem, space, options) };
}
