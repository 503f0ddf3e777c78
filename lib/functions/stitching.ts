import { expected } from "../check.ts";
import type { Layer } from "../layer.ts";
import type { Cell } from "../result.ts";
import { measureOwn, optionsGiven } from "./measure.ts";
import type { DirectionOption, KernelOptions } from "./pair-options.ts";

/** What {@link misalignment} may be told. `kernel` is that of the layer that is mapped; what it is mapped to stays as it is. */
export interface MisalignmentOptions extends KernelOptions, DirectionOption {
  /** Whether the map may add a vector to every sample. False, the default, is the paper's; true centres both layers. */
  readonly bias?: boolean;
  /** The ridge λ ≥ 0, in units of the eigenvalues of XᵀX/n (with a kernel of K/n); 0, the default, is the least squares of minimum norm. */
  readonly lambda?: number;
}

/**
 * Misalignment Ã of two layers: the mean over the samples of ‖S·x_1 − x_2‖² for the linear map S that makes it least, (1/n)·‖(I − P_1)X_2‖²
 * with P_1 the projector on the columns of X_1. What a stitcher cannot do away with; the stitched risk is at most (√R_2 + κ_2√Ã)² for a
 * second half of Lipschitz constant κ_2. `direction: "backward"` maps the second layer to the first.
 *
 * In squared units of the second layer's features: between 0 and its mean squared norm, with `bias` its variance; a distance. With
 * `lambda` above 0 the error that ridge regression achieves, P = K(K + nλI)⁻¹, and with a kernel that of kernel ridge regression; the RBF
 * and Laplacian kernels pass through any targets and need λ. Features of lower rank have the map of minimum norm, at numpy's tolerance.
 * The number is a difference: it is good to the rounding of the second layer's own variance (about 1e-15 of it, 1e-7 where the work is in
 * f32), however far both layers lie from 0. Layers are n×d of any widths on the same n samples, row for row.
 *
 * Source: Insulla, Huang and Rosasco 2025, section 4, theorem 1 (with squared norms, as in its remark 4).
 *
 * @returns The value with its status: where the kernel needs a ridge, or is not defined for a layer, a reason instead.
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { misalignment, Representation } from "gramian";
 * const a = Representation.fromArray(Float64Array.of(1, 2, 3), [3, 1]);
 * const b = Representation.fromArray(Float64Array.of(3, 5, 7), [3, 1]); // 2a + 1
 * console.log((await misalignment(a, b)).value.toFixed(3)); // 0.143
 * console.log((await misalignment(a, b, { bias: true })).value.toFixed(3)); // 0.000
 * ```
 */
export async function misalignment(source: Layer, target: Layer, options?: MisalignmentOptions): Promise<Cell> {
  const { bias = false, ...own } = optionsGiven(options);
  if (typeof bias !== "boolean") throw expected("true or false", "bias", bias);
  const id = bias ? "affine-misalignment" : "misalignment";
  return await measureOwn(id, { variant: "direction", parameters: ["lambda"] }, source, target, own);
}
