import type { Kernel } from "./kernel.ts";

/**
 * The cosine kernel, k(x, y) = ⟨x, y⟩ / (‖x‖‖y‖), in [−1, 1]; 1 on the diagonal.
 *
 * It looks at directions only: samples with long feature vectors count no more than others. A representation with a row of zeros
 * has no direction there: what is computed with it is reported as undefined, and the row is named.
 *
 * Source: Insulla, Huang and Rosasco 2025, section 3 (any positive semidefinite kernel); the linear kernel of normalised rows.
 *
 * @example
 * ```ts
 * import { cosine } from "gramian";
 * console.log(cosine()); // { kind: "cosine" }
 * ```
 */
export function cosine(): Kernel {
  return { kind: "cosine" };
}
