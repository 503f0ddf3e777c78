import { checkBoolean, checkOptions } from "../check.ts";
import type { Layer } from "../layer.ts";
import { checkLayer } from "./check-layers.ts";
import { describeSpectrum, type Spectrum } from "./describe-spectrum.ts";
import { factorise } from "./factorise.ts";
import { findMedians } from "./find-medians.ts";
import { checkSpectralOptions, spectralKeys, type SpectralOptions } from "./options.ts";

/** Options of {@link spectrum}. */
export interface SpectrumOptions extends SpectralOptions {
  /** Take HKH in place of K. False by default, as in the paper. */
  readonly centred?: boolean;
}

/**
 * The spectrum of a layer (n samples): the eigenvalues η of K/n, falling, in the kernel's own units, and two effective ranks: the
 * participation ratio (Σ η)²/Σ η² and exp of the entropy of η/Σ η, both from 1 (one direction has all the variance) to the rank
 * (all directions have the same). Eigenvalues below rounding are left out.
 *
 * With the linear kernel and `centred: true` they are the variances of the features' principal components (divided by n).
 *
 * Source: Insulla, Huang and Rosasco 2025, section 3.1.2; Roy and Vetterli 2007 (entropy rank).
 *
 * @returns A layer without a spectrum (its kernel matrix is 0, or a Gram matrix with a negative eigenvalue) has a reason instead.
 * @throws ArgumentError with code INVALID_ARGUMENT; SystemError OUT_OF_MEMORY; the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { Representation, spectrum } from "gramian";
 * const layer = Representation.fromArray(Float64Array.of(3, 0, 0, 1), [2, 2], { name: "two directions" });
 * const { eigenvalues, participationRank } = await spectrum(layer);
 * console.log(eigenvalues, participationRank.toFixed(2)); // Float64Array(2) [ 4.5, 0.5 ] 1.22
 * ```
 */
export async function spectrum(layer: Layer, options?: SpectrumOptions): Promise<Spectrum> {
  const given = checkOptions(options, "spectrum(options)", [...spectralKeys, "centred"]);
  const checked = checkSpectralOptions(given);
  const centred = given.centred === undefined ? false : checkBoolean(given.centred, "centred");
  const checkedLayer = checkLayer(layer, "layer");
  const medians = await findMedians([checkedLayer], checked);
  const [found] = await factorise([checkedLayer], medians, checked, { centred, basis: false });
  return describeSpectrum(checkedLayer, checked.kernel, centred, found!);
}
