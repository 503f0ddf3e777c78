import { checkInteger, checkNumber, checkOptions } from "../check.ts";
import type { Kernel } from "./kernel.ts";

/** Above this degree f64 overflows on ordinary features: 1000 to the hundredth is 1e300. */
const highestDegree = 100;

/** Options of {@link polynomial}. */
export interface PolynomialOptions {
  /** p, an integer from 1 to 100. */
  readonly degree: number;
  /** γ, above 0; "1/d" (the default) is one over the number of features of each representation. */
  readonly gamma?: number | "1/d";
  /** c, at least 0; 1 by default. */
  readonly offset?: number;
}

/**
 * The polynomial kernel, k(x, y) = (γ⟨x, y⟩ + c)^p.
 *
 * With γ above 0, c of at least 0 and a whole p above 0 it is positive semidefinite: it is an inner product of all monomials of
 * the features up to degree p (of exactly degree p when c is 0).
 *
 * Source: Insulla, Huang and Rosasco 2025, section 3 (any positive semidefinite kernel).
 *
 * @throws ArgumentError with code INVALID_ARGUMENT for a number outside its range.
 *
 * @example
 * ```ts
 * import { polynomial } from "gramian";
 * console.log(polynomial({ degree: 3 })); // { kind: "polynomial", degree: 3, gamma: "1/d", offset: 1 }
 * ```
 */
export function polynomial(options: PolynomialOptions): Kernel {
  const given = checkOptions(options, "polynomial(options)", ["degree", "gamma", "offset"]);
  const degree = checkInteger(given.degree, "degree", { min: 1, max: highestDegree });
  const { gamma = "1/d", offset = 1 } = given;
  return {
    kind: "polynomial",
    degree,
    gamma: gamma === "1/d" ? gamma : checkNumber(gamma, 'gamma (other than "1/d")', { above: 0 }),
    // Adding 0 turns −0 into 0, so that equal kernels have equal descriptions.
    offset: checkNumber(offset, "offset", { min: 0 }) + 0,
  };
}
