import { compare } from "./compare.ts";
import type { CompareOptions } from "./compare-options.ts";
import type { Estimator } from "./kernels/kernel.ts";
import type { Kernel } from "./kernels/kernel.ts";
import type { Layer } from "./layer.ts";
import type { Cell } from "./result.ts";

/** What {@link ka}, {@link cka} and {@link hsic} may be told: as for `compare`, for one metric and one kernel. */
export interface PairOptions extends Omit<CompareOptions, "metrics" | "kernel"> {
  readonly kernel?: Kernel;
}

async function one(id: string, a: Layer, b: Layer, options: PairOptions = {}): Promise<Cell> {
  const result = await compare([a], [b], { ...options, metrics: [id] });
  return result.get(id, 0, 0);
}

/**
 * Kernel alignment ⟨K_1,K_2⟩/(‖K_1‖‖K_2‖) of two layers on the same n samples, nothing centred: in [0, 1] for positive semidefinite
 * kernels. For the linear kernel it equals ‖Σ_12‖²/(‖Σ_11‖‖Σ_22‖) of the uncentred covariances.
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
 * console.log((await ka(a, b)).value.toFixed(3));
 * ```
 */
export async function ka(a: Layer, b: Layer, options?: Omit<PairOptions, "estimator">): Promise<Cell> {
  return await one("ka", a, b, options);
}

/**
 * Centred kernel alignment of two layers on the same n samples: HSIC_12/√(HSIC_11·HSIC_22). `estimator: "biased"` (the default) is
 * in [0, 1] and grows with the number of features over samples; `"debiased"` is not biased by it and may be negative; `"minibatch"`
 * averages the three debiased terms over shuffled batches of `batch` samples before the ratio.
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
  return await one("cka", a, b, options);
}

/**
 * Hilbert–Schmidt independence criterion of two layers on the same n samples, in units of the two kernels' product:
 * ⟨HK_1H,HK_2H⟩/(n−1)², or /n² with `normalization: "n"`; `estimator: "debiased"` is the U-statistic of Song et al. 2012 (n ≥ 4), which
 * may be negative and is not clamped.
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
  return await one("hsic", a, b, options);
}
