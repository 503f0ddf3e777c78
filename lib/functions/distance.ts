import { checkOneOf } from "../check.ts";
import type { Layer } from "../layer.ts";
import type { Cell } from "../result.ts";
import { measureOwn, optionsGiven } from "./measure.ts";
import type { FeatureOptions, KernelOptions } from "./pair-options.ts";

/**
 * Distance alignment (1/n²)·Σ_ij (d_1²(i,j) − d_2²(i,j))² with d²(i,j) = K(i,i) + K(j,j) − 2K(i,j), the squared distance in the kernel's
 * feature space: 0 where all distances agree, without an upper bound in general. A distance, in units of the kernel squared. The kernel
 * is cosine unless another is asked for: then d² = 2(1 − K) is at most 4, and DA at most 16. The same for (b, a). Layers are n×d of any
 * widths, or n×n Gram matrices, on the same n samples, row for row.
 *
 * Source: Insulla, Huang and Rosasco 2025, section 3.2.
 *
 * @returns The value with its status; a layer with a zero row has no cosine kernel, and says so.
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { da, Representation } from "gramian";
 * const a = Representation.fromArray(Float64Array.of(1, 0, 0, 1), [2, 2]);
 * const b = Representation.fromArray(Float64Array.of(1, 0, 1, 0), [2, 2]);
 * console.log((await da(a, b)).value.toFixed(3)); // 2.000
 * ```
 */
export async function da(a: Layer, b: Layer, options?: KernelOptions): Promise<Cell> {
  return await measureOwn("da", {}, a, b, options);
}

/** What {@link rsa} may be told. */
export interface RsaOptions extends FeatureOptions {
  /** How the two lists of distances are compared: `"pearson"` by default. */
  readonly comparison?: "pearson" | "cosine" | "spearman" | "kendall";
  /** The distance between two rows: `"euclidean"` by default. */
  readonly distance?: "euclidean" | "squared-euclidean" | "correlation" | "cosine";
}

/**
 * Representational similarity analysis: how far the distances between samples agree in two layers, over the n(n−1)/2 pairs i < j.
 * `comparison: "pearson"` (the default) and `"spearman"` correlate them or their ranks, `"kendall"` is τ-a (ties count as neither
 * concordant nor discordant), all three in [−1, 1]; `"cosine"` takes no mean off and is in [0, 1]. A similarity without unit, the same
 * for (b, a). Layers are n×d of any widths on the same n samples, row for row.
 *
 * Source: Kriegeskorte, Mur and Bandettini 2008; Nili et al. 2014 (τ-a); Walther et al. 2016 (cosine); Insulla, Huang and Rosasco 2025,
 * section 3.2.
 *
 * @returns The value with its status: where all distances of a layer are equal there is nothing to correlate, and the reason says so.
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { Representation, rsa } from "gramian";
 * const a = Representation.fromArray(Float64Array.of(0, 1, 3), [3, 1]);
 * const b = Representation.fromArray(Float64Array.of(5, 7, 11), [3, 1]);
 * console.log((await rsa(a, b)).value.toFixed(3)); // 1.000
 * console.log((await rsa(a, b, { comparison: "cosine", distance: "squared-euclidean" })).value.toFixed(3)); // 1.000
 * ```
 */
export async function rsa(a: Layer, b: Layer, options?: RsaOptions): Promise<Cell> {
  const { comparison = "pearson", ...rest } = optionsGiven(options);
  const kind = checkOneOf(comparison, "comparison", ["pearson", "cosine", "spearman", "kendall"]);
  return await measureOwn(`rsa-${kind}`, { parameters: ["distance"] }, a, b, rest);
}

/**
 * Squared distance covariance ⟨HD_1H, HD_2H⟩/n² of Euclidean distances between rows: 0 or more, in the product of the two layers' units;
 * as samples grow it goes to 0 for independent layers and for no others. A measure of dependence, the same for (b, a). Layers are n×d of
 * any widths on the same n samples, row for row.
 *
 * Source: Székely, Rizzo and Bakirov 2007, definition 4; Sejdinovic et al. 2013.
 *
 * @returns The value with its status: a Gram matrix has no features, and says so.
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { dcov2, Representation } from "gramian";
 * const a = Representation.fromArray(Float64Array.of(0, 1), [2, 1]);
 * console.log((await dcov2(a, a)).value.toFixed(3)); // 0.250
 * ```
 */
export async function dcov2(a: Layer, b: Layer, options?: FeatureOptions): Promise<Cell> {
  return await measureOwn("dcov2", {}, a, b, options);
}

/** What {@link dcor2} may be told. */
export interface Dcor2Options extends FeatureOptions {
  /** `"debiased"` U-centres the distances (at least 4 samples): about 0 for independent layers, at times below. `"biased"` by default. */
  readonly estimator?: "biased" | "debiased";
}

/**
 * Squared distance correlation dCov²_12/√(dCov²_11·dCov²_22): in [0, 1], 1 for layers that are a rotation, a shift and a scaling of each
 * other. `estimator: "debiased"` corrects the bias by U-centring and may be negative; it is not clamped. A similarity without unit, the
 * same for (b, a). Layers are n×d of any widths on the same n samples, row for row.
 *
 * Source: Székely, Rizzo and Bakirov 2007, definition 5; Székely and Rizzo 2013 (debiased).
 *
 * @returns The value with its status: a constant layer, or a debiased distance variance that is not above 0, has a reason instead.
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { dcor2, Representation } from "gramian";
 * const a = Representation.fromArray(Float64Array.of(0, 1, 3, 4), [4, 1]);
 * const b = Representation.fromArray(Float64Array.of(9, 7, 3, 1), [4, 1]);
 * console.log((await dcor2(a, b)).value.toFixed(3)); // 1.000
 * console.log((await dcor2(a, b, { estimator: "debiased" })).value.toFixed(3)); // 1.000
 * ```
 */
export async function dcor2(a: Layer, b: Layer, options?: Dcor2Options): Promise<Cell> {
  return await measureOwn("dcor2", { variant: "estimator" }, a, b, options);
}

/**
 * Distance correlation, the root of the biased {@link dcor2}: in [0, 1], a similarity without unit, the same for (b, a). Layers are n×d
 * of any widths on the same n samples, row for row.
 *
 * Source: Székely, Rizzo and Bakirov 2007, definition 5.
 *
 * @returns The value with its status: a constant layer has a reason instead.
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { dcor, Representation } from "gramian";
 * const a = Representation.fromArray(Float64Array.of(0, 1, 3), [3, 1]);
 * const b = Representation.fromArray(Float64Array.of(5, 7, 11), [3, 1]);
 * console.log((await dcor(a, b)).value.toFixed(3)); // 1.000
 * ```
 */
export async function dcor(a: Layer, b: Layer, options?: FeatureOptions): Promise<Cell> {
  return await measureOwn("dcor", {}, a, b, options);
}
