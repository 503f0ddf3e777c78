import { breaths } from "../breath.ts";
import { factsOf, type Representation } from "../representation.ts";
import type { MatchingError } from "./stitcher.ts";

/** The error whose sum of squares over all rows of the target is `residual`. */
export function matchingError(residual: number, target: Representation): MatchingError {
  const { samples } = target;
  const spread = factsOf(target).scatter;
  return { error: residual / samples, relative: spread > 0 ? residual / spread : Number.NaN, samples };
}

/** The same, measured: `output` is what a stitcher made of the source, row for row. */
export async function measureError(output: Float64Array, target: Representation): Promise<MatchingError> {
  const { samples, features } = target;
  const wanted = target.toFloat64Array();
  const breath = breaths();
  let residual = 0;
  for (let i = 0; i < samples; i += 1) {
    let row = 0;
    for (let k = i * features; k < (i + 1) * features; k += 1) row += (output[k]! - wanted[k]!) ** 2;
    residual += row;
    if (i % 64 === 0) await breath();
  }
  return matchingError(residual, target);
}
