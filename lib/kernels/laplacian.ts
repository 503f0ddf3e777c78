import { bandwidthOf, type BandwidthOptions } from "./bandwidth.ts";
import type { Kernel } from "./kernel.ts";

/**
 * The Laplacian kernel, k(x, y) = exp(−‖x − y‖ / σ) with the Euclidean norm, in (0, 1]; 1 on the diagonal.
 *
 * Heavier tails than {@link rbf}: distant samples still tell something. σ is chosen as there, with `bandwidth` or `medianScale`.
 *
 * Source: Insulla, Huang and Rosasco 2025, section 3 (any positive semidefinite kernel); the median rule with a scale from
 * Kornblith, Norouzi, Lee and Hinton 2019, "Similarity of Neural Network Representations Revisited", section 3.
 *
 * @throws ArgumentError with code INVALID_ARGUMENT for a number that is not above 0, or for both options at once.
 *
 * @example
 * ```ts
 * import { laplacian } from "gramian";
 * console.log(laplacian({ medianScale: 0.5 })); // { kind: "laplacian", bandwidth: { median: 0.5 } }
 * ```
 */
export function laplacian(options?: BandwidthOptions): Kernel {
  return { kind: "laplacian", bandwidth: bandwidthOf(options, "laplacian") };
}
