import type { CompareOptions } from "../compare-options.ts";
import type { Kernel } from "../kernels/kernel.ts";

/**
 * What functions of one pair of layers may be told: as for `compare`, for one metric and one kernel. Permutation tests and intervals
 * are asked of `compare`, whose result has room for what they find.
 */
export interface PairOptions extends Omit<
  CompareOptions,
  "metrics" | "kernel" | "permutations" | "quantile" | "intervals"
> {
  /** The metric's own by default: linear for most, cosine for distance alignment and neighbours. */
  readonly kernel?: Kernel;
}

/** {@link PairOptions} of metrics that have a kernel but no estimators to choose from. */
export type KernelOptions = Omit<PairOptions, "estimator" | "batch" | "normalization">;

/** {@link PairOptions} of metrics of the features themselves: no kernel. */
export type FeatureOptions = Omit<KernelOptions, "kernel">;

/** Which way a directed metric is read: `"forward"`, the default, is from the first layer to the second. */
export interface DirectionOption {
  readonly direction?: "forward" | "backward";
}
