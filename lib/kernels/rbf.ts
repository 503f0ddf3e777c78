import { bandwidthOf, type BandwidthOptions } from "./bandwidth.ts";
import type { Kernel } from "./kernel.ts";

/**
 * The Gaussian (RBF) kernel, k(x, y) = exp(−‖x − y‖² / (2σ²)), in (0, 1]; 1 on the diagonal.
 *
 * σ is a number in the features' own units (`bandwidth`) or a multiple of the median Euclidean distance between the rows
 * (`medianScale`; the strict upper triangle's distances, for each representation by itself), which makes the kernel indifferent to
 * the scale of the features. Small σ looks at near neighbours only; as σ grows, CKA approaches that of the linear kernel.
 *
 * Source: Insulla, Huang and Rosasco 2025, section 3; the median rule with a scale from Kornblith, Norouzi, Lee and Hinton 2019,
 * "Similarity of Neural Network Representations Revisited", section 3.
 *
 * @throws ArgumentError with code INVALID_ARGUMENT for a number that is not above 0, or for both options at once.
 *
 * @example
 * ```ts
 * import { rbf } from "gramian";
 * console.log(rbf()); // { kind: "rbf", bandwidth: { median: 1 } }
 * console.log(rbf({ medianScale: 0.5 })); // { kind: "rbf", bandwidth: { median: 0.5 } }
 * console.log(rbf({ bandwidth: 2.5 })); // { kind: "rbf", bandwidth: 2.5 }
 * ```
 */
export function rbf(options?: BandwidthOptions): Kernel {
  return { kind: "rbf", bandwidth: bandwidthOf(options, "rbf") };
}
