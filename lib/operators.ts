import type { GramMatrix } from "./gram-matrix.ts";
import { gramOf } from "./gram-matrix.ts";
import type { Kernel } from "./kernels/kernel.ts";
import type { MedianDistance } from "./kernels/median.ts";
import type { NativeOperator, NativeSource } from "./native.ts";
import { factsOf, matrixOf, Representation } from "./representation.ts";

/** What can be compared: features, or a kernel matrix of the caller's own making. */
export type Layer = Representation | GramMatrix;

/** A layer under a kernel: an n×n matrix that the engine can take inner products of. */
export interface Operator {
  readonly layer: Layer;
  /** What the engine's map needs, but for the index of its source and group. */
  readonly map: Omit<NativeOperator, "source" | "group">;
  readonly source: NativeSource;
  /** Operators with the same layer and key share one source: one product of features a tile. */
  readonly sourceKey: "features" | "unitRows" | "gram";
}

/** An operator, or why there is none. */
export type MaybeOperator = Operator | { readonly reason: string };

/** Whether σ of the kernel is a multiple of the median distance, so that the median has to be found first. */
export function needsMedian(kernel: Kernel): boolean {
  return (kernel.kind === "rbf" || kernel.kind === "laplacian") && typeof kernel.bandwidth !== "number";
}

function features(layer: Representation): Pick<Operator, "source" | "sourceKey"> {
  const { mean, centredNorm2, dotMean } = factsOf(layer);
  return {
    source: { kind: "features", matrix: matrixOf(layer), mean, centredNorm2, dotMean },
    sourceKey: "features",
  };
}

/** √ of the mean squared distance between two rows: where a map with a given σ is linearised. */
function typicalDistance(layer: Representation): number {
  return Math.sqrt((2 * factsOf(layer).scatter) / Math.max(1, layer.samples - 1));
}

function distanceOperator(
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
  return { layer, ...features(layer), map: { map: kernel.kind, bandwidth: sigma, typicalDistance: typical } };
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
export function operatorOf(layer: Layer, kernel: Kernel, median?: MedianDistance): MaybeOperator {
  if (!(layer instanceof Representation)) {
    return { layer, source: { kind: "gram", matrix: gramOf(layer) }, sourceKey: "gram", map: { map: "linear" } };
  }
  // Directions have no scale, so the cosine kernel has no such end.
  const reason = kernel.kind === "cosine" ? null : outOfRange(layer);
  if (reason !== null) return { reason };
  switch (kernel.kind) {
    case "linear":
      return { layer, ...features(layer), map: { map: "linear" } };
    case "cosine": {
      const zeroRow = factsOf(layer).zeroRows[0];
      if (zeroRow !== undefined) {
        return { reason: `row ${zeroRow} of ${layer.name} is zero, so it has no direction for the cosine kernel` };
      }
      return {
        layer,
        source: { kind: "unitRows", matrix: matrixOf(layer) },
        sourceKey: "unitRows",
        map: { map: "linear" },
      };
    }
    case "polynomial": {
      const gamma = kernel.gamma === "1/d" ? 1 / layer.features : kernel.gamma;
      return {
        layer,
        ...features(layer),
        map: { map: "polynomial", gamma, offset: kernel.offset, degree: kernel.degree },
      };
    }
    case "rbf":
    case "laplacian":
      return distanceOperator(layer, kernel, median);
  }
}
