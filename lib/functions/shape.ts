import type { Layer } from "../layer.ts";
import type { Cell } from "../result.ts";
import { measureOwn } from "./measure.ts";
import type { DirectionOption, FeatureOptions } from "./pair-options.ts";

/**
 * Mean canonical correlation Σρ_i/min(r_1,r_2) between the column spaces of the centred layers, r their ranks: in [0, 1], a similarity
 * without unit, unchanged by any invertible linear map of either layer. It is 1 for any two layers that have as many features as
 * samples. The same for (b, a). Layers are n×d of any widths on the same n samples, row for row.
 *
 * Source: Hotelling 1936; Raghu et al. 2017; Kornblith et al. 2019, section 4.
 *
 * @returns The value with its status: a constant layer has a reason instead.
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { ccaRho, Representation } from "gramian";
 * const a = Representation.fromArray(Float64Array.of(-1, 0, 1), [3, 1]);
 * const b = Representation.fromArray(Float64Array.of(-1, 1, 0), [3, 1]); // correlation 1/2
 * console.log((await ccaRho(a, b)).value.toFixed(3)); // 0.500
 * ```
 */
export async function ccaRho(a: Layer, b: Layer, options?: FeatureOptions): Promise<Cell> {
  return await measureOwn("cca-rho", {}, a, b, options);
}

/**
 * Mean squared canonical correlation ⟨P_1,P_2⟩/min(r_1,r_2), P the projectors on the column spaces of the centred layers and r their
 * ranks: in [0, 1], a similarity without unit, unchanged by any invertible linear map of either layer. Cheaper than {@link ccaRho}: no
 * singular values. The same for (b, a). Layers are n×d of any widths on the same n samples, row for row.
 *
 * Source: Hotelling 1936; Kornblith et al. 2019, section 4 (R²_CCA).
 *
 * @returns The value with its status: a constant layer has a reason instead.
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { ccaRho2, Representation } from "gramian";
 * const a = Representation.fromArray(Float64Array.of(-1, 0, 1), [3, 1]);
 * const b = Representation.fromArray(Float64Array.of(-1, 1, 0), [3, 1]); // correlation 1/2
 * console.log((await ccaRho2(a, b)).value.toFixed(3)); // 0.250
 * ```
 */
export async function ccaRho2(a: Layer, b: Layer, options?: FeatureOptions): Promise<Cell> {
  return await measureOwn("cca-rho2", {}, a, b, options);
}

/**
 * Yanai's generalised coefficient of determination ⟨P_1,P_2⟩/√(r_1r_2): the cosine between the projectors on the column spaces of the
 * centred layers, in [0, 1]. Unlike {@link ccaRho2} it is 1 only where the spaces are the same. A similarity without unit. The same for
 * (b, a). Layers are n×d of any widths on the same n samples, row for row.
 *
 * Source: Yanai 1974; Ramsay, ten Berge and Styan 1984.
 *
 * @returns The value with its status: a constant layer has a reason instead.
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { gcd, Representation } from "gramian";
 * const a = Representation.fromArray(Float64Array.of(-1, -1, 0, 1, 1, 0), [3, 2]);
 * const b = Representation.fromArray(Float64Array.of(-1, 0, 1), [3, 1]);
 * console.log((await gcd(a, b)).value.toFixed(3)); // 0.707, one of two dimensions
 * ```
 */
export async function gcd(a: Layer, b: Layer, options?: FeatureOptions): Promise<Cell> {
  return await measureOwn("gcd", {}, a, b, options);
}

/** What {@link svcca} may be told. */
export interface SvccaOptions extends FeatureOptions {
  /** The share of each layer's variance that its leading directions have to hold: above 0, at most 1, 0.99 by default. */
  readonly share?: number;
}

/**
 * Singular vector CCA: mean canonical correlation between the leading singular directions of the centred layers, as many of each as hold
 * `share` of its variance (of Σσ², not of Σσ): in [0, 1], a similarity without unit. The same for (b, a). Layers are n×d of any widths
 * on the same n samples, row for row.
 *
 * Source: Raghu et al. 2017, section 2.
 *
 * @returns The value with its status: a constant layer has a reason instead.
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { Representation, svcca } from "gramian";
 * const a = Representation.fromArray(Float64Array.of(-1, 0, 1), [3, 1]);
 * const b = Representation.fromArray(Float64Array.of(-1, 1, 0), [3, 1]); // correlation 1/2
 * console.log((await svcca(a, b, { share: 0.9 })).value.toFixed(3)); // 0.500
 * ```
 */
export async function svcca(a: Layer, b: Layer, options?: SvccaOptions): Promise<Cell> {
  return await measureOwn("svcca", { parameters: ["share"] }, a, b, options);
}

/**
 * Projection-weighted CCA Σα_iρ_i/Σα_i: canonical correlations weighted by α_i = Σ_j |⟨h_i,x_j⟩|, how much of the features x_j of one
 * layer its canonical variate h_i accounts for. The weighted layer is the first, with `direction: "backward"` the second. The weights
 * are those of the min(r_1,r_2) variates that have a partner. In [0, 1], a similarity without unit. Layers are n×d of any widths on the
 * same n samples, row for row.
 *
 * Source: Morcos, Raghu and Bengio 2018.
 *
 * @returns The value with its status: a constant layer has a reason instead.
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { pwcca, Representation } from "gramian";
 * const a = Representation.fromArray(Float64Array.of(-1, 0, 1), [3, 1]);
 * const b = Representation.fromArray(Float64Array.of(-1, 1, 0), [3, 1]); // correlation 1/2
 * console.log((await pwcca(a, b)).value.toFixed(3)); // 0.500
 * ```
 */
export async function pwcca(a: Layer, b: Layer, options?: FeatureOptions & DirectionOption): Promise<Cell> {
  return await measureOwn("pwcca", { variant: "direction" }, a, b, options);
}

/**
 * Linear regression R²: the share of the second layer's variance that an affine map of the first explains, ‖U_1ᵀX_2‖²/‖X_2‖² of centred
 * features; `direction: "backward"` predicts the first from the second. In [0, 1], a similarity without unit. In-sample: with as many
 * features as samples it is 1 whatever they are. Layers are n×d of any widths on the same n samples, row for row.
 *
 * Source: Kornblith et al. 2019, section 4 (R²_LR).
 *
 * @returns The value with its status: a constant layer predicts nothing and has nothing to predict, and the reason says so.
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { linearR2, Representation } from "gramian";
 * const a = Representation.fromArray(Float64Array.of(-1, -1, 0, 1, 1, 0), [3, 2]);
 * const b = Representation.fromArray(Float64Array.of(-1, 0, 1), [3, 1]);
 * console.log((await linearR2(a, b)).value.toFixed(3)); // 1.000, b is a column of a
 * console.log((await linearR2(a, b, { direction: "backward" })).value.toFixed(3)); // 0.625
 * ```
 */
export async function linearR2(a: Layer, b: Layer, options?: FeatureOptions & DirectionOption): Promise<Cell> {
  return await measureOwn("linear-r2", { variant: "direction" }, a, b, options);
}

/**
 * Squared orthogonal Procrustes distance ‖X_1‖² + ‖X_2‖² − 2‖X_1ᵀX_2‖_∗ of centred features: what is left of ‖X_1 − X_2Q‖² after the
 * best rotation Q (the narrower layer padded with zeros). 0 or more, in squared units of the features: scale counts, see {@link nbs} for
 * the form without. A distance. The same for (b, a). Layers are n×d of any widths on the same n samples, row for row.
 *
 * Source: Schönemann 1966; Williams et al. 2021.
 *
 * @returns The value with its status: a constant layer has a reason instead.
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { procrustes, Representation } from "gramian";
 * const a = Representation.fromArray(Float64Array.of(-1, 1), [2, 1]);
 * const b = Representation.fromArray(Float64Array.of(3, -3), [2, 1]);
 * console.log((await procrustes(a, b)).value.toFixed(3)); // 8.000
 * ```
 */
export async function procrustes(a: Layer, b: Layer, options?: FeatureOptions): Promise<Cell> {
  return await measureOwn("procrustes", {}, a, b, options);
}

/**
 * Normalised Bures similarity ‖X_1ᵀX_2‖_∗/(‖X_1‖·‖X_2‖) of centred features: the cosine between the layers after the best rotation, in
 * [0, 1], a similarity without unit. The same for (b, a). Layers are n×d of any widths on the same n samples, row for row.
 *
 * Source: Tang, Maheswaranathan and Ganguli 2020; Williams et al. 2021.
 *
 * @returns The value with its status: a constant layer has a reason instead.
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { nbs, Representation } from "gramian";
 * const a = Representation.fromArray(Float64Array.of(-1, 0, 1), [3, 1]);
 * const b = Representation.fromArray(Float64Array.of(-1, 1, 0), [3, 1]); // correlation 1/2
 * console.log((await nbs(a, b)).value.toFixed(3)); // 0.500
 * ```
 */
export async function nbs(a: Layer, b: Layer, options?: FeatureOptions): Promise<Cell> {
  return await measureOwn("nbs", {}, a, b, options);
}

/** What {@link shapeDistance} may be told. */
export interface ShapeOptions extends FeatureOptions {
  /** Partial whitening: 1, the default, takes the features as they are; 0 whitens them; from 0 to 1. */
  readonly alpha?: number;
}

/**
 * Angular shape distance: the angle between two layers after the best rotation, in radians, in [0, π/2]. A distance that keeps the
 * triangle inequality. With `alpha: 1` it is arccos of {@link nbs}; with `alpha: 0` the layers are whitened first,
 * arccos(Σρ_i/√(r_1r_2)). Between the two, singular values of the features at unit norm are mixed with equal ones, so that the distance
 * does not depend on their scale. The same for (b, a). Layers are n×d of any widths on the same n samples, row for row.
 *
 * Source: Williams, Kunz, Kornblith and Linderman 2021.
 *
 * @returns The value with its status: a constant layer has a reason instead.
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { Representation, shapeDistance } from "gramian";
 * const a = Representation.fromArray(Float64Array.of(-1, 0, 1), [3, 1]);
 * const b = Representation.fromArray(Float64Array.of(-1, 1, 0), [3, 1]); // correlation 1/2
 * console.log((await shapeDistance(a, b)).value.toFixed(3)); // 1.047, a third of π
 * ```
 */
export async function shapeDistance(a: Layer, b: Layer, options?: ShapeOptions): Promise<Cell> {
  return await measureOwn("shape", { parameters: ["alpha"] }, a, b, options);
}
