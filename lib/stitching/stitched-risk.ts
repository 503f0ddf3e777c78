import type { CheckedLayer } from "../heads/checked-layer.ts";
import { native, type NativeMatrix } from "../native.ts";
import { phaseJob, type PhaseOptions } from "../phase-job.ts";

/** A head behind S·f + b + o, and what it should give. */
export interface StitchedProblem {
  /** n×d_1. */
  readonly features: NativeMatrix;
  /** o, n×d_2; null for zeros. */
  readonly offsets: NativeMatrix | null;
  /** d_2. */
  readonly outputs: number;
  readonly layers: readonly CheckedLayer[];
  /** Y, n×t. */
  readonly targets: NativeMatrix;
}

/** S (d_2×d_1) and b (d_2), or their derivatives. */
export interface MapArrays {
  readonly weights: Float64Array;
  readonly bias: Float64Array | null;
}

/** (1/n)·Σ‖g(S·f_i + b + o_i) − y_i‖²; its derivatives are written into `gradient` where there is one. */
export async function stitchedRiskOf(
  { features, offsets, outputs, layers, targets }: StitchedProblem,
  { weights, bias }: MapArrays,
  gradient: MapArrays | null,
  { threads, signal }: PhaseOptions,
): Promise<number> {
  const spec = {
    features,
    offsets,
    outputs,
    weights,
    bias,
    layers: layers.map((layer) => layer.native),
    targets,
    weightGradient: gradient?.weights ?? null,
    biasGradient: gradient?.bias ?? null,
    threads,
  };
  return await phaseJob<number>("search", { signal, onProgress: undefined }, (progress, done) =>
    native().stitchedRiskJob(spec, progress, done),
  );
}
