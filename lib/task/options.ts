import { checkNumber, checkOptions, expected } from "../check.ts";
import {
  type CheckedSpectralOptions,
  checkSpectralOptions,
  spectralKeys,
  type SpectralOptions,
} from "../spectral/options.ts";
import { defaultExponents } from "./source-condition.ts";

/** Options of {@link taskAlignment}. */
export interface TaskOptions extends SpectralOptions {
  /**
   * The λ > 0 of KARE, in units of the eigenvalues of K/n. By default 41 from 10⁻⁹ to 10 times tr(K/n), layer by layer, so that layers of
   * different scale get the same treatment.
   */
  readonly lambdas?: readonly number[] | Float64Array;
  /** The exponents r ≥ 0 of the source condition: 0 to 1 by twentieths by default. */
  readonly exponents?: readonly number[] | Float64Array;
}

export interface CheckedTaskOptions extends CheckedSpectralOptions {
  /** Null: the default path of each layer. */
  readonly lambdas: Float64Array | null;
  readonly exponents: Float64Array;
}

function numbersOf(
  value: unknown,
  name: string,
  range: { readonly above?: number; readonly min?: number },
): Float64Array {
  if (!(Array.isArray(value) || value instanceof Float64Array) || value.length === 0) {
    throw expected("a non-empty array of numbers", name, value);
  }
  return Float64Array.from(value as ArrayLike<unknown>, (number, i) => checkNumber(number, `${name}[${i}]`, range));
}

export function checkTaskOptions(options: TaskOptions | undefined): CheckedTaskOptions {
  const given = checkOptions(options, "taskAlignment(options)", [...spectralKeys, "lambdas", "exponents"]);
  return {
    ...checkSpectralOptions(given),
    lambdas: given.lambdas === undefined ? null : numbersOf(given.lambdas, "lambdas", { above: 0 }),
    exponents:
      given.exponents === undefined ? defaultExponents.slice() : numbersOf(given.exponents, "exponents", { min: 0 }),
  };
}
