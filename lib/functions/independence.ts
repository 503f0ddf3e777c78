import type { Layer } from "../layer.ts";
import type { Cell } from "../result.ts";
import { measureOwn } from "./measure.ts";
import type { KernelOptions, PairOptions } from "./pair-options.ts";

/** κ of the regularised measures of dependence, and which regularisation. */
export interface KappaOptions extends KernelOptions {
  /** Above 0, in the units of the eigenvalues of HKH/n: 0.001 by default. What is alike depends on it: compare like with like. */
  readonly kappa?: number;
  /** `"fukumizu"`, the default: (Σ+κI)^(−1/2) on both sides. `"bach-jordan"`: their approximation with κ/2. */
  readonly regularization?: "fukumizu" | "bach-jordan";
}

/**
 * Hilbert–Schmidt independence criterion of two layers on the same n samples, in units of the two kernels' product:
 * ⟨HK_1H,HK_2H⟩/(n−1)², or /n² with `normalization: "n"`; `estimator: "debiased"` is the U-statistic of Song et al. 2012 (n ≥ 4), which
 * may be negative and is not clamped; `"minibatch"` averages it over shuffled batches of `batch` samples. 0 or more where biased; a
 * measure of dependence, the same for (b, a). Layers are n×d of any widths, or n×n Gram matrices.
 *
 * Source: Insulla, Huang and Rosasco 2025, section 3.3; Gretton et al. 2005; Song et al. 2012.
 *
 * @returns The value with its status.
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { hsic, Representation } from "gramian";
 * const a = Representation.fromArray(Float64Array.of(0, 1, 2, 3), [4, 1], { name: "a" });
 * console.log((await hsic(a, a)).value.toFixed(3)); // 2.778
 * ```
 */
export async function hsic(a: Layer, b: Layer, options?: PairOptions): Promise<Cell> {
  return await measureOwn("hsic", { variant: "estimator" }, a, b, options);
}

/**
 * Constrained covariance: the largest covariance between a function of one layer and a function of the other, both of norm 1 in the
 * kernels' spaces: (1/n)·√λ_max(K̃_1K̃_2), for linear kernels the largest singular value of X_1ᵀHX_2/n. 0 or more, in the root of the
 * kernels' product; a measure of dependence. The same for (b, a). Layers are n×d of any widths, or n×n Gram matrices, on the same n
 * samples, row for row.
 *
 * Source: Gretton et al. 2005, Kernel Constrained Covariance for Dependence Measurement; Insulla, Huang and Rosasco 2025, section 3.3.
 *
 * @returns The value with its status: a constant layer has a reason instead.
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { coco, Representation } from "gramian";
 * const a = Representation.fromArray(Float64Array.of(-1, 1), [2, 1]);
 * const b = Representation.fromArray(Float64Array.of(-2, 2), [2, 1]);
 * console.log((await coco(a, b)).value.toFixed(3)); // 2.000
 * ```
 */
export async function coco(a: Layer, b: Layer, options?: KernelOptions): Promise<Cell> {
  return await measureOwn("coco", {}, a, b, options);
}

/**
 * Kernel canonical correlation: the largest singular value of (Σ_11+κI)^(−1/2) Σ_12 (Σ_22+κI)^(−1/2) of the centred covariance
 * operators: in [0, 1), the closer to the largest canonical correlation the smaller κ. A similarity without unit. The same for (b, a).
 * Layers are n×d of any widths, or n×n Gram matrices, on the same n samples, row for row.
 *
 * Source: Fukumizu, Bach and Gretton 2007; Bach and Jordan 2002 (`"bach-jordan"`); Insulla, Huang and Rosasco 2025, section 3.3.
 *
 * @returns The value with its status: a constant layer has a reason instead.
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { kcc, Representation } from "gramian";
 * const a = Representation.fromArray(Float64Array.of(-1, 1), [2, 1]);
 * console.log((await kcc(a, a, { kappa: 1 })).value.toFixed(3)); // 0.500
 * ```
 */
export async function kcc(a: Layer, b: Layer, options?: KappaOptions): Promise<Cell> {
  return await measureOwn("kcc", { parameters: ["kappa", "regularization"] }, a, b, options);
}

/**
 * Normalised cross-covariance ⟨R_1,R_2⟩ with R = (K̃/n)(K̃/n + κI)⁻¹: the sum of all squared regularised correlations, 0 or more and
 * below the smaller rank. A measure of dependence without unit. The same for (b, a). Layers are n×d of any widths, or n×n Gram matrices,
 * on the same n samples, row for row.
 *
 * Source: Fukumizu, Gretton, Sun and Schölkopf 2007, Kernel Measures of Conditional Dependence; Insulla, Huang and Rosasco 2025, section 3.3.
 *
 * @returns The value with its status: a constant layer has a reason instead.
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { nocco, Representation } from "gramian";
 * const a = Representation.fromArray(Float64Array.of(-1, 1), [2, 1]);
 * console.log((await nocco(a, a, { kappa: 1 })).value.toFixed(3)); // 0.250
 * ```
 */
export async function nocco(a: Layer, b: Layer, options?: Omit<KappaOptions, "regularization">): Promise<Cell> {
  return await measureOwn("nocco", { parameters: ["kappa"] }, a, b, options);
}

/** What {@link kmi} may be told. */
export interface KmiOptions extends KernelOptions {
  /** The scale ν of both centred Gram matrices: `"1/n"` by default, or a number above 0. */
  readonly nu?: number | "1/n";
}

/**
 * Kernel mutual information −½ log det(I − ν_1ν_2 K̃_1K̃_2), in nats: 0 or more, a measure of dependence. It exists only while
 * ν_1ν_2·λ_max(K̃_1K̃_2) is below 1, which kernels with large entries do not keep: a smaller ν makes it exist. The same for (b, a).
 * Layers are n×d of any widths, or n×n Gram matrices, on the same n samples, row for row.
 *
 * Source: Gretton, Herbrich and Smola 2003, The Kernel Mutual Information; Gretton et al. 2005, Kernel Methods for Measuring
 * Independence; Insulla, Huang and Rosasco 2025, section 6.2.
 *
 * @returns The value with its status: where the condition is broken, or a layer constant, a reason instead.
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { kmi, Representation } from "gramian";
 * const a = Representation.fromArray(Float64Array.of(-0.5, 0.5), [2, 1]);
 * console.log((await kmi(a, a)).value.toFixed(3)); // 0.032
 * ```
 */
export async function kmi(a: Layer, b: Layer, options?: KmiOptions): Promise<Cell> {
  return await measureOwn("kmi", { parameters: ["nu"] }, a, b, options);
}

/**
 * Kernel generalised variance −½ Σ log(1 − r_i²) over all regularised kernel canonical correlations r_i, in nats: 0 or more, a measure
 * of dependence; for Gaussian layers, linear kernels and small κ the mutual information. The same for (b, a). Layers are n×d of any
 * widths, or n×n Gram matrices, on the same n samples, row for row.
 *
 * Source: Bach and Jordan 2002, Kernel Independent Component Analysis; Insulla, Huang and Rosasco 2025, section 6.2.
 *
 * @returns The value with its status: a reason instead where κ is too small for the precision, or a layer constant.
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { kgv, Representation } from "gramian";
 * const a = Representation.fromArray(Float64Array.of(-1, 1), [2, 1]);
 * console.log((await kgv(a, a, { kappa: 1 })).value.toFixed(3)); // 0.144
 * ```
 */
export async function kgv(a: Layer, b: Layer, options?: KappaOptions): Promise<Cell> {
  return await measureOwn("kgv", { parameters: ["kappa", "regularization"] }, a, b, options);
}
