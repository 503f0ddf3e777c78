import type { Estimator } from "../kernels/kernel.ts";
import type { Layer } from "../layer.ts";
import type { Cell } from "../result.ts";
import { measureOwn } from "./measure.ts";
import type { KernelOptions, PairOptions } from "./pair-options.ts";

/**
 * Kernel alignment ⟨K_1,K_2⟩/(‖K_1‖‖K_2‖) of two layers on the same n samples, nothing centred: in [0, 1] for positive semidefinite
 * kernels, and the same for (b, a). Layers are n×d of any widths, or n×n Gram matrices. For the linear kernel it equals
 * ‖Σ_12‖²/(‖Σ_11‖‖Σ_22‖) of the uncentred covariances.
 *
 * Source: Insulla, Huang and Rosasco 2025, section 3.1, equation 1.
 *
 * @returns The value with its status; a value that does not exist has a reason instead.
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { ka, Representation } from "gramian";
 * const a = Representation.fromArray(Float64Array.of(1, 0, 0, 1, 1, 1), [3, 2], { name: "a" });
 * const b = Representation.fromArray(Float64Array.of(2, 0, 2), [3, 1], { name: "b" });
 * console.log((await ka(a, b)).value.toFixed(3)); // 0.791
 * ```
 */
export async function ka(a: Layer, b: Layer, options?: KernelOptions): Promise<Cell> {
  return await measureOwn("ka", {}, a, b, options);
}

/**
 * Centred kernel alignment of two layers on the same n samples: HSIC_12/√(HSIC_11·HSIC_22). `estimator: "biased"` (the default) is
 * in [0, 1] and grows with the number of features over samples; `"debiased"` is not biased by it and may be negative; `"minibatch"`
 * averages the three debiased terms over shuffled batches of `batch` samples before the ratio. The same for (b, a); unchanged by
 * rotations, offsets and scale of the features. Layers are n×d of any widths, or n×n Gram matrices.
 *
 * Source: Insulla, Huang and Rosasco 2025, section 3.3; Kornblith et al. 2019; Song et al. 2012 (debiased); Nguyen, Raghu and
 * Kornblith 2021 (minibatch).
 *
 * @returns The value with its status: a constant layer, or a debiased self-term that is not above 0, has a reason instead.
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { cka, rbf, Representation } from "gramian";
 * const a = await Representation.load("examples/mnist/mlp-a.safetensors", "relu2");
 * const b = await Representation.load("examples/mnist/cnn.safetensors", "fc1");
 * console.log((await cka(a, b, { kernel: rbf({ medianScale: 0.5 }), estimator: "debiased" })).value);
 * ```
 */
export async function cka(a: Layer, b: Layer, options?: PairOptions & { estimator?: Estimator }): Promise<Cell> {
  return await measureOwn("cka", { variant: "estimator" }, a, b, options);
}
