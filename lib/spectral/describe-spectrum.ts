import { describeKernel } from "../kernels/describe.ts";
import type { Kernel } from "../kernels/kernel.ts";
import type { Layer } from "../layer.ts";
import { entropyRank, participationRank } from "./effective-rank.ts";
import type { Factorised } from "./factorise.ts";

/** The spectrum of a layer's kernel matrix: what {@link spectrum} answers. */
export interface Spectrum {
  readonly layer: string;
  readonly source: string | null;
  readonly samples: number;
  readonly kernel: string;
  /** Whether the kernel matrix was centred, HKH, or taken as it is. */
  readonly centred: boolean;
  readonly status: "ok" | "undefined";
  /** Why there is no spectrum; null when there is one. */
  readonly reason: string | null;
  /** How many eigenvalues are above rounding. */
  readonly rank: number;
  /** Those eigenvalues, of K/n, falling; all above 0. */
  readonly eigenvalues: Float64Array;
  /** tr K/n. */
  readonly trace: number;
  /** (Σ η)²/Σ η², in [1, rank]. */
  readonly participationRank: number;
  /** exp of the entropy of η/Σ η, in [1, rank]. */
  readonly entropyRank: number;
}

/** A factorisation as people read it: eigenvalues of K/n and what they say of the number of directions in use. */
export function describeSpectrum(
  layer: Layer,
  kernel: Kernel,
  centred: boolean,
  found: Factorised | { readonly reason: string },
): Spectrum {
  const { name, source, samples } = layer;
  const missing = "reason" in found;
  const eigenvalues = missing ? new Float64Array(0) : found.eigenvalues.map((value) => value / samples);
  return {
    layer: name,
    source,
    samples,
    kernel: describeKernel(kernel),
    centred,
    status: missing ? "undefined" : "ok",
    reason: missing ? found.reason : null,
    rank: eigenvalues.length,
    eigenvalues,
    trace: missing ? NaN : found.trace / samples,
    participationRank: participationRank(eigenvalues),
    entropyRank: entropyRank(eigenvalues),
  };
}
