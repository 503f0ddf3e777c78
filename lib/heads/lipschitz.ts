import { checkInteger, checkOptions } from "../check.ts";
import type { Representation } from "../representation.ts";
import type { Lipschitz } from "../stitching-result.ts";
import { checkWorkOptions, workKeys, type WorkOptions } from "../work-options.ts";
import { checkFeatures } from "./check-features.ts";
import { checkHead } from "./check-head.ts";
import type { Head } from "./head.ts";
import { sampledLipschitz, type SampledLipschitz } from "./sampled-lipschitz.ts";

/** Options of {@link lipschitz}. */
export interface LipschitzOptions extends WorkOptions {
  /** Features (n×d) whose rows the head's expansion is measured between. */
  readonly samples?: Representation;
  /** How often the rows are paired: n − 1 pairs each time. 8 by default. */
  readonly rounds?: number;
  /** Of the pairs; 0 by default. */
  readonly seed?: number;
}

/** A Lipschitz constant, and beside it what was seen on samples. */
export interface HeadLipschitz extends Lipschitz {
  /** Never above `constant`; how far below it tells how loose that may be. Null without samples, or where no two of them differ. */
  readonly sampled: SampledLipschitz | null;
}

/**
 * κ with ‖g(z) − g(z')‖ ≤ κ·‖z − z'‖ for all z and z', and the parts it is made of. Linear heads: ‖W‖₂, exact but for rounding, and never below. Networks:
 * the product of the layers' constants (relu, tanh 1, leaky relu max(1, |slope|), sigmoid ¼, gelu 1.129, silu 1.1, softmax ½), which holds
 * and may be far too large, for no input is expanded by every layer as far as that layer can. `sampled` is the other side: the largest
 * expansion between rows of `samples`, a lower estimate, never to be used as κ.
 *
 * Source: Insulla, Huang and Rosasco 2025, section 4 (κ); Szegedy et al. 2014, section 4.3 (the product).
 *
 * @throws ArgumentError NOT_LIPSCHITZ (a layer norm or a function without a constant), INVALID_ARGUMENT, SHAPE_MISMATCH (samples of another
 * width); the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { heads, lipschitz, Representation } from "gramian";
 * const head = await heads.load("examples/mnist/mlp-a.weights.safetensors", { from: "relu2" });
 * const samples = await Representation.load("examples/mnist/mlp-a.safetensors", "relu2");
 * const { constant, method, parts, sampled } = await lipschitz(head, { samples });
 * console.log(method, parts.map(({ name }) => name).join(" ")); // spectral-product l.2 relu l.3
 * console.log(sampled!.constant <= constant); // true
 * ```
 */
export async function lipschitz(head: Head, options?: LipschitzOptions): Promise<HeadLipschitz> {
  const given = checkOptions(options, "lipschitz(options)", [...workKeys, "samples", "rounds", "seed"]);
  const checked = checkWorkOptions(given);
  const { threads, signal, onProgress } = checked;
  const checkedHead = checkHead(head, "head");
  const seed = given.seed === undefined ? 0 : checkInteger(given.seed, "seed", { min: 0, max: 2 ** 32 - 1 });
  const rounds = given.rounds === undefined ? 8 : checkInteger(given.rounds, "rounds", { min: 1 });
  const samples = given.samples === undefined ? null : checkFeatures(given.samples, checkedHead);
  const found = await checkedHead.lipschitz({ threads, ...(signal && { signal }), ...(onProgress && { onProgress }) });
  const sampled = samples === null ? null : await sampledLipschitz(checkedHead, samples, { seed, rounds }, checked);
  return { ...found, sampled };
}
