import { expected } from "../check.ts";
import type { Representation } from "../representation.ts";
import type { FitOptions, NoStitcher, Stitcher, StitcherMethod } from "./stitcher.ts";

/**
 * Fits a stitcher from every source (n×d_1) to every target (n×d_2), each source factorised once.
 *
 * @returns sources × targets; where a pair has no stitcher of this kind, `{ reason }`.
 * @throws ArgumentError INVALID_ARGUMENT, or SHAPE_MISMATCH where layers are not of the same samples. An aborted call rejects with the
 * signal's reason.
 *
 * Source: Insulla, Huang and Rosasco 2025, section 4.
 *
 * @example
 * ```ts
 * import { fitStitchers, Representation, stitchers } from "gramian";
 * const from = await Representation.loadAll("examples/mnist/mlp-a.safetensors", "relu*");
 * const to = await Representation.loadAll("examples/mnist/mlp-b.safetensors", "relu*");
 * const table = await fitStitchers(from, to, stitchers.affine());
 * for (const row of table) console.log(row.map((cell) => ("reason" in cell ? cell.reason : cell.fitted.relative)));
 * ```
 */
export async function fitStitchers(
  sources: readonly Representation[],
  targets: readonly Representation[],
  method: StitcherMethod,
  options?: FitOptions,
): Promise<(Stitcher | NoStitcher)[][]> {
  const fitAll: unknown = (method as Partial<StitcherMethod> | null | undefined)?.fitAll;
  if (typeof fitAll !== "function") throw expected("a method such as stitchers.affine()", "method", method);
  return await method.fitAll(sources, targets, options);
}
