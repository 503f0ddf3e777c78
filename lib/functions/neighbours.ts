import type { Layer } from "../layer.ts";
import type { Cell } from "../result.ts";
import { measureOwn } from "./measure.ts";
import type { DirectionOption, KernelOptions } from "./pair-options.ts";

/** What functions of nearest neighbours may be told. */
export interface NeighbourOptions extends KernelOptions {
  /** Neighbours of each sample, itself left out: 10 by default, at most n − 1 are taken. */
  readonly k?: number;
}

/**
 * Mutual nearest neighbours: the share of its k nearest neighbours that a sample has in both layers, averaged over the samples. In [0,
 * 1], k/(n−1) for unrelated layers; a similarity without unit, the same for (b, a).
 *
 * A sample's neighbours are those of greatest kernel value (cosine unless another kernel is asked for), itself left out, of equals the
 * one with the lower index. Layers are n×d of any widths, or n×n Gram matrices, on the same n samples, row for row.
 *
 * Source: Huh, Cheung, Wang and Isola 2024, The Platonic Representation Hypothesis.
 *
 * @returns The value with its status: a single sample has no neighbours, and a zero row no cosine kernel; the reason says so.
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { mutualKnn, Representation } from "gramian";
 * const a = Representation.fromArray(Float64Array.of(1, 0, 9, 1, 0, 1, -1, 9), [4, 2]);
 * const b = Representation.fromArray(Float64Array.of(1, 0, 0, 1, 9, 1, -1, 9), [4, 2]);
 * console.log((await mutualKnn(a, b, { k: 2 })).value.toFixed(3)); // 0.750
 * ```
 */
export async function mutualKnn(a: Layer, b: Layer, options?: NeighbourOptions): Promise<Cell> {
  return await measureOwn("mutual-knn", { parameters: ["k"] }, a, b, options);
}

/**
 * Jaccard similarity |N_1(i) ∩ N_2(i)|/|N_1(i) ∪ N_2(i)| of the two sets of k nearest neighbours, averaged over the samples. In [0, 1],
 * a similarity without unit, the same for (b, a).
 *
 * A sample's neighbours are those of greatest kernel value (cosine unless another kernel is asked for), itself left out, of equals the
 * one with the lower index. Layers are n×d of any widths, or n×n Gram matrices, on the same n samples, row for row.
 *
 * Source: Jaccard 1901; Wang et al. 2022.
 *
 * @returns The value with its status: a single sample has no neighbours, and a zero row no cosine kernel; the reason says so.
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { jaccardKnn, Representation } from "gramian";
 * const a = Representation.fromArray(Float64Array.of(1, 0, 9, 1, 0, 1, -1, 9), [4, 2]);
 * const b = Representation.fromArray(Float64Array.of(1, 0, 0, 1, 9, 1, -1, 9), [4, 2]);
 * console.log((await jaccardKnn(a, b, { k: 2 })).value.toFixed(3)); // 0.667
 * ```
 */
export async function jaccardKnn(a: Layer, b: Layer, options?: NeighbourOptions): Promise<Cell> {
  return await measureOwn("jaccard-knn", { parameters: ["k"] }, a, b, options);
}

/**
 * Cycle consistency: the share of samples i that are among the first layer's k nearest neighbours of some j that is a neighbour of i in
 * the second layer; `direction: "backward"` steps out in the first and back in the second. In [0, 1], a similarity without unit.
 *
 * A sample's neighbours are those of greatest kernel value (cosine unless another kernel is asked for), itself left out, of equals the
 * one with the lower index. Layers are n×d of any widths, or n×n Gram matrices, on the same n samples, row for row.
 *
 * Source: Huh, Cheung, Wang and Isola 2024, The Platonic Representation Hypothesis.
 *
 * @returns The value with its status: a single sample has no neighbours, and a zero row no cosine kernel; the reason says so.
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { cycleKnn, Representation } from "gramian";
 * const a = Representation.fromArray(Float64Array.of(1, 0, 9, 1, 0, 1, -1, 9), [4, 2]);
 * const b = Representation.fromArray(Float64Array.of(1, 0, 0, 1, 9, 1, -1, 9), [4, 2]);
 * console.log((await cycleKnn(a, b, { k: 2 })).value.toFixed(3)); // 1.000
 * ```
 */
export async function cycleKnn(a: Layer, b: Layer, options?: NeighbourOptions & DirectionOption): Promise<Cell> {
  return await measureOwn("cycle-knn", { variant: "direction", parameters: ["k"] }, a, b, options);
}

/**
 * Longest common subsequence of the two lists of k neighbours, nearest first, as a share of k, averaged over the samples: neighbours in
 * another order count less. In [0, 1], a similarity without unit, the same for (b, a).
 *
 * A sample's neighbours are those of greatest kernel value (cosine unless another kernel is asked for), itself left out, of equals the
 * one with the lower index. Layers are n×d of any widths, or n×n Gram matrices, on the same n samples, row for row.
 *
 * Source: Huh, Cheung, Wang and Isola 2024, The Platonic Representation Hypothesis.
 *
 * @returns The value with its status: a single sample has no neighbours, and a zero row no cosine kernel; the reason says so.
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { lcsKnn, Representation } from "gramian";
 * const a = Representation.fromArray(Float64Array.of(1, 0, 9, 1, 0, 1, -1, 9), [4, 2]);
 * const b = Representation.fromArray(Float64Array.of(1, 0, 0, 1, 9, 1, -1, 9), [4, 2]);
 * console.log((await lcsKnn(a, b, { k: 2 })).value.toFixed(3)); // 0.500
 * ```
 */
export async function lcsKnn(a: Layer, b: Layer, options?: NeighbourOptions): Promise<Cell> {
  return await measureOwn("lcs-knn", { parameters: ["k"] }, a, b, options);
}

/**
 * One minus the edit distance (insertions, deletions, replacements) between the two lists of k neighbours, nearest first, over k,
 * averaged over the samples. In [0, 1], a similarity without unit, the same for (b, a).
 *
 * A sample's neighbours are those of greatest kernel value (cosine unless another kernel is asked for), itself left out, of equals the
 * one with the lower index. Layers are n×d of any widths, or n×n Gram matrices, on the same n samples, row for row.
 *
 * Source: Huh, Cheung, Wang and Isola 2024, The Platonic Representation Hypothesis.
 *
 * @returns The value with its status: a single sample has no neighbours, and a zero row no cosine kernel; the reason says so.
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { editKnn, Representation } from "gramian";
 * const a = Representation.fromArray(Float64Array.of(1, 0, 9, 1, 0, 1, -1, 9), [4, 2]);
 * const b = Representation.fromArray(Float64Array.of(1, 0, 0, 1, 9, 1, -1, 9), [4, 2]);
 * console.log((await editKnn(a, b, { k: 2 })).value.toFixed(3)); // 0.250
 * ```
 */
export async function editKnn(a: Layer, b: Layer, options?: NeighbourOptions): Promise<Cell> {
  return await measureOwn("edit-knn", { parameters: ["k"] }, a, b, options);
}

/** What {@link cknna} may be told. */
export interface CknnaOptions extends NeighbourOptions {
  /** `"biased"`, the default, is in [0, 1]; `"debiased"` may be negative and is not clamped. */
  readonly estimator?: "biased" | "debiased";
}

/**
 * Centred kernel nearest-neighbour alignment: CKA of the two kernel matrices after all entries have been set to 0 that do not belong to
 * a pair of samples which are neighbours in both layers. The mask is symmetric (i a neighbour of j, or j of i, in both layers), so that
 * the value is the same for (b, a). In [0, 1], a similarity without unit; at least 4 samples.
 *
 * A sample's neighbours are those of greatest kernel value (cosine unless another kernel is asked for), itself left out, of equals the
 * one with the lower index. Layers are n×d of any widths, or n×n Gram matrices, on the same n samples, row for row.
 *
 * Source: Huh, Cheung, Wang and Isola 2024, The Platonic Representation Hypothesis.
 *
 * @returns The value with its status: where the layers share no neighbours a self-term is 0, and the reason says so.
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { cknna, Representation } from "gramian";
 * const a = Representation.fromArray(Float64Array.of(1, 0, 9, 1, 0, 1, -1, 9), [4, 2]);
 * console.log((await cknna(a, a, { k: 1 })).value.toFixed(3)); // 1.000
 * ```
 */
export async function cknna(a: Layer, b: Layer, options?: CknnaOptions): Promise<Cell> {
  return await measureOwn("cknna", { variant: "estimator", parameters: ["k"] }, a, b, options);
}
