import type { Layer } from "../layer.ts";
import type { Cell } from "../result.ts";
import { measureOwn } from "./measure.ts";
import type { FeatureOptions } from "./pair-options.ts";

/** What {@link gaussianMi} may be told. */
export interface GaussianMiOptions extends FeatureOptions {
  /** A ridge on both covariances, in units of their eigenvalues: 0, the default, for none. */
  readonly kappa?: number;
}

/**
 * Mutual information −½ Σ log(1 − ρ_i²) of two layers as if they were jointly Gaussian, ρ_i their canonical correlations, in nats: 0 or
 * more, and +∞ where part of one layer is a linear function of the other (always, when both widths together reach the number of samples;
 * `kappa` above 0 takes the regularised correlations instead). A measure of dependence. The same for (b, a). Layers are n×d of any
 * widths on the same n samples, row for row.
 *
 * Source: Cover and Thomas 2006, section 8.5; Insulla, Huang and Rosasco 2025, section 3.4.
 *
 * @returns The value with its status: `infinite` with the reason beside +∞.
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { gaussianMi, Representation } from "gramian";
 * const a = Representation.fromArray(Float64Array.of(-1, 0, 1), [3, 1]);
 * const b = Representation.fromArray(Float64Array.of(-1, 1, 0), [3, 1]); // correlation 1/2
 * console.log((await gaussianMi(a, b)).value.toFixed(3)); // 0.144
 * ```
 */
export async function gaussianMi(a: Layer, b: Layer, options?: GaussianMiOptions): Promise<Cell> {
  return await measureOwn("gaussian-mi", { parameters: ["kappa"] }, a, b, options);
}

/**
 * Squared 2-Wasserstein distance ‖m_1−m_2‖² + tr Σ_1 + tr Σ_2 − 2‖Σ_1^½Σ_2^½‖_∗ between Gaussians with the layers' means and covariances
 * (divided by n): 0 or more, in squared units of the features. A distance between distributions: which sample is which does not count.
 * The same for (b, a). Layers are n×d of one width d.
 *
 * Source: Dowson and Landau 1982; Insulla, Huang and Rosasco 2025, section 3.4.
 *
 * @returns The value with its status: layers of different widths, or a constant one, have a reason instead.
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { gaussianW2, Representation } from "gramian";
 * const a = Representation.fromArray(Float64Array.of(0, 2), [2, 1]);
 * const b = Representation.fromArray(Float64Array.of(1, 5), [2, 1]);
 * console.log((await gaussianW2(a, b)).value.toFixed(3)); // 5.000
 * ```
 */
export async function gaussianW2(a: Layer, b: Layer, options?: FeatureOptions): Promise<Cell> {
  return await measureOwn("gaussian-w2", {}, a, b, options);
}

/** What {@link w2Dependence} may be told. */
export interface W2DependenceOptions extends FeatureOptions {
  /** `"exact"`, the default; `"printed"` is the formula that the paper prints, 2Σ(1 − √(1−ρ_i²)), which is another number. */
  readonly variant?: "exact" | "printed";
}

/**
 * How far two layers are from independent once each is whitened: the squared 2-Wasserstein distance between their joint Gaussian and the
 * product of its marginals, Σ_i [4 − 2(√(1+ρ_i) + √(1−ρ_i))] over the canonical correlations. Between 0 and (4 − 2√2) times the smaller
 * rank, without unit; a measure of dependence. The same for (b, a). Layers are n×d of any widths on the same n samples, row for row.
 *
 * Source: Insulla, Huang and Rosasco 2025, section 3.4, corrected: the joint covariance has the eigenvalues 1 ± ρ_i.
 *
 * @returns The value with its status: a constant layer has a reason instead.
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { Representation, w2Dependence } from "gramian";
 * const a = Representation.fromArray(Float64Array.of(-1, 0, 1), [3, 1]);
 * const b = Representation.fromArray(Float64Array.of(-1, 1, 0), [3, 1]); // correlation 1/2
 * console.log((await w2Dependence(a, b)).value.toFixed(3)); // 0.136
 * ```
 */
export async function w2Dependence(a: Layer, b: Layer, options?: W2DependenceOptions): Promise<Cell> {
  return await measureOwn("w2-dependence", { variant: "variant" }, a, b, options);
}
