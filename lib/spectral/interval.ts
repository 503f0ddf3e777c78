import { checkNumber, checkOptions, expected } from "../check.ts";
import type { Layer } from "../layer.ts";
import type { Cell } from "../result.ts";
import { alignmentTable, kernelAlignment } from "./alignment-table.ts";
import { checkLayer, checkSameSamples } from "./check-layers.ts";
import { findMedians } from "./find-medians.ts";
import { kernelBound, type KernelBound } from "./kernel-bound.ts";
import { checkSpectralOptions, spectralKeys, type SpectralOptions } from "./options.ts";

/** Options of {@link concentrationInterval}. */
export interface ConcentrationOptions extends SpectralOptions {
  /** The interval misses with probability at most δ: 0.05 by default. */
  readonly delta?: number;
}

/** An interval for the alignment on the population. NaN at both ends where there is no empirical alignment. */
export interface AlignmentInterval {
  readonly low: number;
  readonly high: number;
}

/** What {@link concentrationInterval} answers. */
export interface Concentration {
  /** The empirical kernel alignment. */
  readonly alignment: Cell;
  readonly samples: number;
  readonly delta: number;
  /** The bounds C_q of the two kernels that `explicit` was computed with. */
  readonly bounds: readonly [KernelBound, KernelBound];
  /** Whether a bound was read off the samples, so that `explicit` is no guarantee but an estimate of one. */
  readonly plugIn: boolean;
  /** As the lemma is printed: the empirical alignment ± √((32/n)·log(2/δ)), cut to [0, 1]. */
  readonly printed: AlignmentInterval & { readonly halfWidth: number };
  /** With every constant. `deviation`: ε_ab/C_ab, the same for all three ⟨K_a,K_b⟩/n². */
  readonly explicit: AlignmentInterval & { readonly deviation: number };
}

const cut = (value: number): number => Math.min(1, Math.max(0, value));

/** How far ⟨K_a,K_b⟩/n² may be from its limit, in units of the bound on |k_a·k_b|: McDiarmid, a union over three, and the diagonal's bias. */
function deviationOf(samples: number, delta: number): number {
  return Math.sqrt((8 / samples) * Math.log(6 / delta)) + 2 / samples;
}

/**
 * Where the kernel alignment (KA, nothing centred) of two layers would lie on infinitely many samples of the same distribution, with
 * probability at least 1 − δ, given these n independent ones.
 *
 * - `printed`: the empirical alignment ± √((32/n)·log(2/δ)). The paper states it for kernels bounded by 1 and up to a constant that
 *   depends on the distribution and is not known: read it as the rate n^−1/2 at which an interval shrinks, not as a guarantee.
 * - `explicit`: a guarantee with every constant. Each ⟨K_a,K_b⟩/n² is within ε_ab = C_ab·√((8/n)·log(6/δ)) + 2C_ab/n of its limit, all three at
 *   once, with C_ab = C_a·C_b and |k_q| ≤ C_q; the interval is what the three leave of the ratio, cut to [0, 1].
 *   Its proof corrects that of the paper: one sample changes a term by at most 4C_ab/n, since differences of products are at most 2C_ab and not
 *   4C_ab; the diagonal's bias 2C_ab/n is counted; and three terms have to hold at once, hence 6/δ in place of 2/δ.
 *
 * C_q is 1 for RBF, Laplacian and cosine kernels. Linear and polynomial kernels and Gram matrices have no bound of their own: the one of
 * the samples at hand is plugged in, and `plugIn` is true. A worst case over all distributions is wide: for RBF kernels on few
 * samples it is mostly [0, 1], and a bootstrap interval of `compare` says more.
 *
 * Bandwidths from medians are taken as given.
 *
 * Source: Insulla, Huang and Rosasco 2025, section 3.1, lemma 1; McDiarmid 1989.
 *
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { concentrationInterval, rbf, Representation } from "gramian";
 * const a = await Representation.load("examples/mnist/mlp-a.safetensors", "relu2");
 * const b = await Representation.load("examples/mnist/mlp-b.safetensors", "relu2");
 * const { alignment, explicit, plugIn } = await concentrationInterval(a, b, { kernel: rbf({ medianScale: 2 }), delta: 0.1 });
 * console.log(explicit.low <= alignment.value && alignment.value <= explicit.high, plugIn); // true false
 * ```
 */
export async function concentrationInterval(
  a: Layer,
  b: Layer,
  options?: ConcentrationOptions,
): Promise<Concentration> {
  const given = checkOptions(options, "concentrationInterval(options)", [...spectralKeys, "delta"]);
  const checked = checkSpectralOptions(given);
  const delta = given.delta === undefined ? 0.05 : checkNumber(given.delta, "delta", { above: 0, max: 1 });
  if (delta === 1) throw expected("a probability below 1", "delta", delta);
  const layers = [checkLayer(a, "a"), checkLayer(b, "b")] as const;
  checkSameSamples(...layers);
  checked.signal?.throwIfAborted();

  const { samples } = layers[0];
  const medians = await findMedians(layers, checked);
  const found = await alignmentTable(
    [
      { layer: layers[0], kernel: checked.kernel },
      { layer: layers[1], kernel: checked.kernel },
    ],
    [[0, 1]],
    medians,
    checked,
  );
  const alignment = kernelAlignment(found, 0, 1, "ka");
  const bounds = [kernelBound(layers[0], checked.kernel), kernelBound(layers[1], checked.kernel)] as const;
  const common = { alignment, samples, delta, bounds, plugIn: bounds[0].plugIn || bounds[1].plugIn };
  const halfWidth = Math.sqrt((32 / samples) * Math.log(2 / delta));
  const deviation = deviationOf(samples, delta);
  if (alignment.status !== "ok") {
    const nowhere = { low: NaN, high: NaN };
    return { ...common, printed: { ...nowhere, halfWidth }, explicit: { ...nowhere, deviation } };
  }
  // Each term in units of its bound: the interval does not depend on the scale of a kernel, and nothing overflows.
  const term = (i: 0 | 1, j: 0 | 1): number =>
    found.innerProduct(i, j, [bounds[i].value, bounds[j].value]) / samples ** 2;
  const [cross, first, second] = [term(0, 1), term(0, 0), term(1, 1)];
  const low = Math.max(0, cross - deviation) / Math.sqrt((first + deviation) * (second + deviation));
  const below = Math.max(0, first - deviation) * Math.max(0, second - deviation);
  const high = below === 0 ? 1 : (cross + deviation) / Math.sqrt(below);
  return {
    ...common,
    printed: { low: cut(alignment.value - halfWidth), high: cut(alignment.value + halfWidth), halfWidth },
    explicit: { low: cut(low), high: cut(high), deviation },
  };
}
