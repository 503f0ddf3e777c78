import { checkInteger, checkNumber, expected } from "../check.ts";
import { permutation } from "../random.ts";

/** Rows to fit on and rows held out: together all, each in rising order. */
export interface RowSplit {
  readonly fitted: Uint32Array;
  readonly heldOut: Uint32Array;
}

/**
 * Splits n rows at random: round(share·n) of them to fit on and the others held out; the same for the same seed on every machine.
 *
 * @param share - Above 0 and below 1.
 * @throws ArgumentError INVALID_ARGUMENT where a side would be empty.
 *
 * @example
 * ```ts
 * import { splitRows } from "gramian";
 * const { fitted, heldOut } = splitRows(10, 0.8, { seed: 1 });
 * console.log(fitted.length, heldOut.length); // 8 2
 * ```
 */
export function splitRows(n: number, share: number, options: { readonly seed?: number } = {}): RowSplit {
  const samples = checkInteger(n, "n", { min: 1 });
  const count = Math.round(checkNumber(share, "share", { above: 0, max: 1 }) * samples);
  const seed = options.seed === undefined ? 0 : checkInteger(options.seed, "seed", { min: 0, max: 2 ** 32 - 1 });
  if (count < 1 || count >= samples) {
    throw expected(`a share that leaves some of the ${samples} rows to fit on and some held out`, "share", share);
  }
  const order = permutation(samples, seed);
  return { fitted: order.slice(0, count).sort(), heldOut: order.slice(count).sort() };
}
