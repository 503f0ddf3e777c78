import { gramOf } from "./gram-matrix.ts";
import { cosine } from "./kernels/cosine.ts";
import type { Kernel } from "./kernels/kernel.ts";
import { linear } from "./kernels/linear.ts";
import type { MedianDistance } from "./kernels/median.ts";
import { constantRow } from "./constant-row.ts";
import { type FactorKey, type FactorMatrix, type FactorOutput, type Factors, nameOfFactor } from "./layer-factor.ts";
import type { Layer } from "./layer.ts";
import type { OperatorRequest } from "./metrics/metric.ts";
import type { NativeOperator, NativeSource } from "./native.ts";
import { factsOf, matrixOf, Representation } from "./representation.ts";

/** A layer as an n×n matrix that the engine can take inner products of. */
export interface Operator {
  readonly layer: Layer;
  /** What the engine's map needs, but for the index of its source and group. */
  readonly map: Omit<NativeOperator, "source" | "group">;
  readonly source: NativeSource;
  /** Operators with the same layer and key share one source: one product of features a tile. */
  readonly sourceKey: string;
  /** Columns of the source's features; null for a precomputed Gram matrix. */
  readonly width: number | null;
}

/** An operator, or why there is none. */
export type MaybeOperator = Operator | { readonly reason: string };

/** Whether σ of the kernel is a multiple of the median distance, so that the median has to be found first. */
export function needsMedian(kernel: Kernel): boolean {
  return (kernel.kind === "rbf" || kernel.kind === "laplacian") && typeof kernel.bandwidth !== "number";
}

type FromLayer = Pick<Operator, "layer" | "source" | "sourceKey" | "width">;

function features(layer: Representation): FromLayer {
  const { mean, centredNorm2, dotMean } = factsOf(layer);
  return {
    layer,
    source: { kind: "features", matrix: matrixOf(layer), mean, centredNorm2, dotMean },
    sourceKey: "features",
    width: layer.features,
  };
}

function unitRows(layer: Representation, rowCentred: boolean): FromLayer {
  return {
    layer,
    source: { kind: "unitRows", matrix: matrixOf(layer), ...(rowCentred ? { rowCentred } : {}) },
    sourceKey: rowCentred ? "standardRows" : "unitRows",
    width: layer.features,
  };
}

/** √ of the mean squared distance between two rows: where a map with a given σ is linearised. */
function typicalDistance(layer: Representation): number {
  return Math.sqrt((2 * factsOf(layer).scatter) / Math.max(1, layer.samples - 1));
}

function bandwidthOperator(
  layer: Representation,
  kernel: Extract<Kernel, { kind: "rbf" | "laplacian" }>,
  median: MedianDistance | undefined,
): MaybeOperator {
  let sigma: number;
  let typical: number;
  if (typeof kernel.bandwidth === "number") {
    sigma = kernel.bandwidth;
    typical = typicalDistance(layer);
  } else {
    if (median === undefined) throw new Error("the median was not found before it was needed");
    sigma = kernel.bandwidth.median * median.distance;
    typical = median.distance;
    if (!(sigma > 0)) {
      return { reason: `the median distance between the rows of ${layer.name} is 0, so it gives no bandwidth` };
    }
  }
  return { ...features(layer), map: { map: kernel.kind, bandwidth: sigma, typicalDistance: typical } };
}

/** Why the squares of a layer's centred entries cannot be summed in f64; null for every layer that is not at the end of its range. */
function outOfRange(layer: Representation): string | null {
  const { scatter, meanNorm2, constantColumns } = factsOf(layer);
  if (!Number.isFinite(scatter + meanNorm2))
    return `the squares of the entries of ${layer.name} are beyond the range of f64`;
  const varies = constantColumns.length < layer.features;
  return varies && scatter === 0 ? `the squares of the entries of ${layer.name} vanish in f64` : null;
}

/** The operator of a layer under a kernel. A precomputed Gram matrix is its own operator, whatever the kernel. */
export function kernelOperator(layer: Layer, kernel: Kernel, median?: MedianDistance): MaybeOperator {
  if (!(layer instanceof Representation)) {
    const source: NativeSource = { kind: "gram", matrix: gramOf(layer) };
    return { layer, source, sourceKey: "gram", width: null, map: { map: "linear" } };
  }
  // Directions have no scale, so the cosine kernel has no such end.
  const reason = kernel.kind === "cosine" ? null : outOfRange(layer);
  if (reason !== null) return { reason };
  switch (kernel.kind) {
    case "linear":
      return { ...features(layer), map: { map: "linear" } };
    case "cosine": {
      const zeroRow = factsOf(layer).zeroRows[0];
      if (zeroRow !== undefined) {
        return { reason: `row ${zeroRow} of ${layer.name} is zero, so it has no direction for the cosine kernel` };
      }
      return { ...unitRows(layer, false), map: { map: "linear" } };
    }
    case "polynomial": {
      const gamma = kernel.gamma === "1/d" ? 1 / layer.features : kernel.gamma;
      return { ...features(layer), map: { map: "polynomial", gamma, offset: kernel.offset, degree: kernel.degree } };
    }
    case "rbf":
    case "laplacian":
      return bandwidthOperator(layer, kernel, median);
  }
}

/** −‖x_i − x_j‖. */
export function distanceOperator(layer: Layer): MaybeOperator {
  if (!(layer instanceof Representation)) return { reason: `${layer.name} is a Gram matrix: it has no features` };
  const reason = outOfRange(layer);
  if (reason !== null) return { reason };
  return { ...features(layer), map: { map: "distance", typicalDistance: typicalDistance(layer) } };
}

/** Pearson's correlation between rows. */
export function correlationOperator(layer: Layer): MaybeOperator {
  if (!(layer instanceof Representation)) return { reason: `${layer.name} is a Gram matrix: it has no features` };
  const row = constantRow(layer);
  if (row !== null) {
    return {
      reason: `row ${row} of ${layer.name} is constant over its features, so it has no correlation with others`,
    };
  }
  return { ...unitRows(layer, true), map: { map: "linear" } };
}

/** The cosine between rows. */
function rowCosineOperator(layer: Layer): MaybeOperator {
  if (!(layer instanceof Representation)) return { reason: `${layer.name} is a Gram matrix: it has no features` };
  return kernelOperator(layer, cosine());
}

/**
 * W·Wᵀ = T + a_i + a_j + c with T = HWWᵀH. What it leaves of the ones, r = 1 − W·Wᵀ1, gives a = −r/n and c = 1/n + 1ᵀr/n²: where the
 * ones are all but explained these have the digits that sums over W have lost.
 */
function hatSource({ matrix, leverages, uncentred }: FactorMatrix): NativeSource {
  const n = matrix.rows;
  const zeros = (length: number): Float64Array => new Float64Array(length);
  if (uncentred === null) {
    // The columns have mean 0 already, but for rounding.
    return { kind: "features", matrix, mean: zeros(matrix.cols), centredNorm2: leverages, dotMean: zeros(n) };
  }
  const dotMean = uncentred.onesResidual.map((left) => -left / n);
  const constant = (1 - dotMean.reduce((sum, a) => sum + a, 0)) / n;
  const centredNorm2 = leverages.map((own, i) => Math.max(0, own - 2 * dotMean[i]! - constant));
  return { kind: "features", matrix, mean: uncentred.means, centredNorm2, dotMean, constant };
}

/** A hat matrix of a layer's kernel: W·Wᵀ of the factor W that `output` names. */
function hatOperator(layer: Layer, request: HatRequest, factors: Factors): MaybeOperator {
  const { output, ...key } = hatFactor(request);
  // What nothing is explained by is a matrix of zeros; a correlation with it there is not.
  const factor = request.make === "explained" ? factors.get(layer, key) : factors.ranked(layer, key);
  if ("reason" in factor) return factor;
  const found = factor.output(output);
  return {
    layer,
    source: hatSource(found),
    sourceKey: `${output} of ${nameOfFactor(key)}`,
    width: found.matrix.cols,
    map: { map: "linear" },
  };
}

type HatRequest = Extract<OperatorRequest, { make: "projector" | "ridge" | "explained" }>;

function hatFactor(request: HatRequest): FactorKey & { readonly output: FactorOutput } {
  if (request.make === "projector") return { kernel: linear(), centred: true, output: "projector" };
  const { kernel } = request;
  if (request.make === "ridge") return { kernel, centred: true, output: `ridge:${request.kappa}` };
  const { lambda, centred } = request;
  return { kernel, centred, output: lambda === 0 ? "projector" : `explained:${lambda}` };
}

/** Why an operator is none whatever the layer; null for all others. */
function pointless(request: OperatorRequest): string | null {
  if (request.make !== "explained" || request.lambda > 0) return null;
  const { kind } = request.kernel;
  return kind === "rbf" || kind === "laplacian"
    ? `with λ = 0 the ${kind} kernel passes through any targets: misalignment under it wants λ above 0`
    : null;
}

/** The factorisation that an operator is made from; null for those that need none. */
export function factorOf(request: OperatorRequest): (FactorKey & { readonly output: FactorOutput }) | null {
  const hat = request.make === "projector" || request.make === "ridge" || request.make === "explained";
  return hat && pointless(request) === null ? hatFactor(request) : null;
}

/** The operator that a metric asks for. */
export function operatorOf(
  layer: Layer,
  request: OperatorRequest,
  medians: ReadonlyMap<Layer, MedianDistance>,
  factors: Factors,
): MaybeOperator {
  const reason = pointless(request);
  if (reason !== null) return { reason };
  switch (request.make) {
    case "kernel":
      return kernelOperator(layer, request.kernel, medians.get(layer));
    case "distance":
      return distanceOperator(layer);
    case "correlation":
      return correlationOperator(layer);
    case "row-cosine":
      return rowCosineOperator(layer);
    case "projector":
    case "ridge":
    case "explained":
      return hatOperator(layer, request, factors);
  }
}
