import { ArgumentError } from "../errors.ts";
import { checkNumber, checkOptions } from "../check.ts";
import type { Bandwidth } from "./kernel.ts";

/** How wide an RBF or Laplacian kernel is: one of the two, or none for the median itself. */
export interface BandwidthOptions {
  /** σ in the features' own units, above 0; the same for every representation. */
  readonly bandwidth?: number;
  /**
   * σ as a multiple of the median pairwise distance, above 0; found for each representation by itself. 1 by default.
   * Kornblith et al. 2019 use 0.2 to 0.8.
   */
  readonly medianScale?: number;
}

/** The bandwidth that the options of `maker` ask for. */
export function bandwidthOf(options: BandwidthOptions | undefined, maker: string): Bandwidth {
  const { bandwidth, medianScale } = checkOptions(options, `${maker}(options)`, ["bandwidth", "medianScale"]);
  if (bandwidth !== undefined && medianScale !== undefined) {
    throw new ArgumentError(
      "INVALID_ARGUMENT",
      `Expected either bandwidth or medianScale for ${maker}(options) but received both: σ is a number or a multiple of the median.`,
    );
  }
  if (bandwidth !== undefined) return checkNumber(bandwidth, "bandwidth", { above: 0 });
  return { median: checkNumber(medianScale ?? 1, "medianScale", { above: 0 }) };
}
