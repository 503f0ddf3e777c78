import type { Kernel } from "./kernel.ts";

/**
 * The linear kernel, k(x, y) = ⟨x, y⟩; of n×d features the n×n Gram matrix K = XXᵀ.
 *
 * The default of every metric. Invariant to rotations of the features, and the one kernel whose metrics can also be computed
 * from d×d products (Insulla, Huang and Rosasco 2025, section 3.1, equation 1).
 *
 * @example
 * ```ts
 * import { linear } from "gramian";
 * console.log(linear()); // { kind: "linear" }
 * ```
 */
export function linear(): Kernel {
  return { kind: "linear" };
}
