import { expected } from "../check.ts";
import { compare } from "../compare.ts";
import type { Layer } from "../layer.ts";
import type { MetricRequest } from "../metrics/request.ts";
import type { Cell } from "../result.ts";
import type { PairOptions } from "./pair-options.ts";

/**
 * Any metric of two layers on the same n samples, by its name: the catalogue's id, with a variant behind a dot and parameters in
 * brackets, or as an object. The functions named after metrics (`cka`, `linearR2`, …) do the same with their options typed.
 *
 * Shapes, units, range and direction are those of the metric: `metrics.get(id)` tells them. A directed metric goes from `a` to `b`.
 *
 * Source: that of the metric, `metrics.get(id).source`.
 *
 * @param metric - `"cka.debiased"`, `"kcc(kappa=0.01)"` or `{ id: "kcc", parameters: { kappa: 0.01 } }`.
 * @returns The value with its status; a value that does not exist has a reason instead, and +∞ has one beside it.
 * @throws ArgumentError with code INVALID_ARGUMENT (no such metric, variant or parameter) or SHAPE_MISMATCH; the signal's reason when
 * it is aborted.
 *
 * @example
 * ```ts
 * import { measure, Representation } from "gramian";
 * const a = Representation.fromArray(Float64Array.of(0, 1, 2, 3), [4, 1]);
 * const b = Representation.fromArray(Float64Array.of(5, 7, 9, 11), [4, 1]);
 * console.log((await measure("cka.debiased", a, b)).value.toFixed(3)); // 1.000
 * console.log((await measure({ id: "rsa-pearson", parameters: { distance: "squared-euclidean" } }, a, b)).value.toFixed(3)); // 1.000
 * ```
 */
export async function measure(metric: MetricRequest, a: Layer, b: Layer, options?: PairOptions): Promise<Cell> {
  const result = await compare([a], [b], { ...options, metrics: [metric] });
  return result.get(result.matrices[0]!.key, 0, 0);
}

/** What of a function's options belongs to its metric. */
interface OwnOptions {
  /** The option that holds the variant. */
  readonly variant?: "estimator" | "direction" | "variant";
  readonly parameters?: readonly string[];
}

/** The options as a bag that may be looked into; which of them there are is for `compare` and the metric to judge. */
export function optionsGiven(options: object | undefined): Readonly<Record<string, unknown>> {
  if (options === undefined) return {};
  if (typeof options !== "object" || options === null) throw expected("an object of options", "options", options);
  return options as Readonly<Record<string, unknown>>;
}

/** {@link measure} for a function whose options hold the variant and the parameters of its metric among the others. */
export async function measureOwn(
  id: string,
  { variant: holder, parameters = [] }: OwnOptions,
  a: Layer,
  b: Layer,
  options?: object,
): Promise<Cell> {
  const given = Object.entries(optionsGiven(options));
  const pick = (wanted: (key: string) => boolean): Record<string, never> =>
    Object.fromEntries(given.filter(([key]) => wanted(key))) as Record<string, never>;
  const variant = given.find(([key]) => key === holder)?.[1] as string | undefined;
  return await measure(
    {
      id,
      parameters: pick((key) => parameters.includes(key)),
      ...(variant === undefined ? {} : { variant }),
    },
    a,
    b,
    pick((key) => key !== holder && !parameters.includes(key)),
  );
}
