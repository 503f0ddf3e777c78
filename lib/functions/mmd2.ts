import { checkOneOf, checkOptions, expected } from "../check.ts";
import { checkCompareOptions, type CompareOptions } from "../compare-options.ts";
import { checkKernel } from "../kernels/check-kernel.ts";
import type { Kernel } from "../kernels/kernel.ts";
import { mmd2Metric } from "../metrics/measures/mmd2.ts";
import { statusOf } from "../metrics/metric.ts";
import { pooledOutcome } from "../pooled.ts";
import { Representation } from "../representation.ts";
import type { Cell } from "../result.ts";

/** What {@link mmd2} may be told. */
export interface Mmd2Options extends Pick<CompareOptions, "seed" | "threads" | "precision" | "memoryLimit" | "signal"> {
  /** Linear by default. A median bandwidth is that of the rows of both layers together. */
  readonly kernel?: Kernel;
  /** `"biased"`, the default, is the V-statistic; `"unbiased"` leaves the diagonals out and may be negative. */
  readonly variant?: "biased" | "unbiased";
}

const keys = ["kernel", "variant", "seed", "threads", "precision", "memoryLimit", "signal"] as const;
const variants = ["biased", "unbiased"] as const;

/**
 * Squared maximum mean discrepancy between the rows of two layers of one width, as samples of two distributions:
 * mean K_11 + mean K_22 − 2·mean K_12. The numbers of rows may differ (n_1×d and n_2×d), and which row is which does not count. 0 or
 * more where biased, in the kernel's units; a distance, the same for (b, a). With the linear kernel it is the squared distance between
 * the means.
 *
 * Source: Gretton et al. 2012, A Kernel Two-Sample Test, lemma 6 and equation 5; Insulla, Huang and Rosasco 2025, section 3.4.
 *
 * @returns The value with its status: layers of different widths, or too few rows for the unbiased estimate, have a reason instead.
 * @throws ArgumentError with code INVALID_ARGUMENT; SystemError with code MEMORY_LIMIT; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { mmd2, rbf, Representation } from "gramian";
 * const a = Representation.fromArray(Float64Array.of(0, 2), [2, 1]);
 * const b = Representation.fromArray(Float64Array.of(1, 1, 4), [3, 1]);
 * console.log((await mmd2(a, b)).value.toFixed(3)); // 1.000, the means are 1 and 2
 * console.log((await mmd2(a, a, { kernel: rbf({ bandwidth: 1 }) })).value.toFixed(3)); // 0.000
 * ```
 */
export async function mmd2(a: Representation, b: Representation, options?: Mmd2Options): Promise<Cell> {
  for (const [name, layer] of Object.entries({ a, b })) {
    if (!(layer instanceof Representation)) throw expected("a Representation", name, layer);
  }
  const { kernel, variant, ...rest } = checkOptions(options, "mmd2(options)", keys);
  const chosen = variant === undefined ? "biased" : checkOneOf(variant, "variant", variants);
  const fewest = mmd2Metric.fewestSamples({ variant: chosen, parameters: {} });
  const rows = Math.min(a.samples, b.samples);
  const checked = checkCompareOptions(rest as CompareOptions, "mmd2(options)");
  const used = kernel === undefined ? mmd2Metric.kernel! : checkKernel(kernel as Kernel, "kernel");
  checked.signal?.throwIfAborted();
  const outcome =
    rows < fewest
      ? { reason: `the ${chosen} estimate takes ${fewest} rows of each layer, and there are ${rows}` }
      : await pooledOutcome(a, b, used, chosen, checked);
  return { value: outcome.value ?? NaN, status: statusOf(outcome), reason: outcome.reason ?? null };
}
