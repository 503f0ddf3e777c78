import { inspect } from "node:util";

import { checkBoolean, checkInteger, checkOptions, checkString, expected } from "./check.ts";
import type { DType } from "./dtype.ts";
import { checkFinite, findFacts } from "./matrix/facts.ts";
import { widen } from "./half.ts";
import type { NativeMatrix } from "./native.ts";
import { checkTakeable, copied, taken } from "./matrix/ownership.ts";
import { checkSymmetric, mirrorUpper } from "./matrix/symmetry.ts";
import { checkLength, type ElementsLike, readElements } from "./matrix/typed-array.ts";

/** Options of {@link GramMatrix.fromArray}. */
export interface GramMatrixOptions {
  /** What tables and reports call it; "unnamed" by default. */
  readonly name?: string;
  /** The model or file that it comes from; reports group by it. */
  readonly source?: string;
  /** What the elements are. Needed for a Uint16Array: "f16" or "bf16". */
  readonly dtype?: DType;
  /** Take the array's buffer instead of copying it, as for {@link Representation.fromArray}. */
  readonly take?: boolean;
}

/** n² beyond this is no longer an exact integer of JavaScript. */
const mostSamples = 2 ** 26;

const key = Symbol("gramian.GramMatrix");

let privateMatrix: (gram: GramMatrix) => NativeMatrix;

/**
 * A precomputed kernel: the n×n matrix of k(x_i, x_j), for kernels that gramian does not have. It stands wherever a
 * {@link Representation} does; the `kernel` option does not touch it.
 *
 * It never changes, and its memory is its own. It must be finite and symmetric: entries across the diagonal may differ by at most
 * 1e-10 (f64), 1e-5 (f32), 2⁻⁹ (f16) or 2⁻⁶ (bf16) of the largest entry's magnitude, which is what rounding does; of such a pair the
 * entry above the diagonal counts. It need not be positive semidefinite, but alignments are within [0, 1] only if it is.
 *
 * @example
 * ```ts
 * import { GramMatrix } from "gramian";
 * const words = GramMatrix.fromArray(Float64Array.of(2, 1, 0, 1, 2, 1, 0, 1, 2), 3, { name: "edit distance" });
 * console.log(words.samples, String(words)); // 3 edit distance (3×3 Gram matrix, f64)
 * ```
 */
export class GramMatrix {
  readonly #name: string;
  readonly #source: string | null;
  readonly #matrix: NativeMatrix;

  static {
    privateMatrix = (gram) => gram.#matrix;
  }

  private constructor(secret: symbol, name: string, source: string | null, matrix: NativeMatrix) {
    if (secret !== key) throw expected("GramMatrix.fromArray", "new GramMatrix", secret);
    this.#name = name;
    this.#source = source;
    this.#matrix = matrix;
    Object.freeze(this);
  }

  /**
   * A Gram matrix of n×n entries in row-major order. They are copied, unless `take` hands the buffer over. When the call fails,
   * nothing was taken.
   *
   * @param data - Float64Array, Float32Array, or Uint16Array with `dtype: "f16"` or `"bf16"`.
   * @param samples - n, at least 1.
   * @throws ArgumentError INVALID_ARGUMENT, UNSUPPORTED_DTYPE (another typed array) or SHAPE_MISMATCH (not n² elements).
   * @throws DataError NON_FINITE, or NOT_SYMMETRIC with the pair of entries that differ most.
   */
  static fromArray(data: ElementsLike, samples: number, options?: GramMatrixOptions): GramMatrix {
    const given = checkOptions(options, "options", ["name", "source", "dtype", "take"]);
    const name = given.name === undefined ? "unnamed" : checkString(given.name, "options.name");
    const source = given.source === undefined ? null : checkString(given.source, "options.source");
    const take = given.take === undefined ? false : checkBoolean(given.take, "options.take");
    const n = checkInteger(samples, "samples", { min: 1, max: mostSamples });
    const elements = readElements(data, given.dtype, "data", "options.dtype");
    checkLength(elements.data, [n, n], "data");
    const { dtype } = elements;
    if (take) checkTakeable(elements.data, "data");
    const entries = take ? elements.data : copied(elements);
    const matrix = { data: entries, dtype, rows: n, cols: n };
    const what = `Gram matrix ${JSON.stringify(name)}`;
    const facts = findFacts(matrix);
    checkFinite(facts, matrix, what);
    const exact = checkSymmetric(matrix, facts.maxAbs, what);
    const own = take ? { ...matrix, data: taken(elements, "data") } : matrix;
    if (!exact) mirrorUpper(own);
    return new GramMatrix(key, name, source, own);
  }

  /** What tables and reports call it. */
  get name(): string {
    return this.#name;
  }

  /** The model or file that it comes from, when known. */
  get source(): string | null {
    return this.#source;
  }

  /** n, the number of rows and of columns. */
  get samples(): number {
    return this.#matrix.rows;
  }

  /** How the entries are stored. Half types are widened as they are used. */
  get dtype(): DType {
    return this.#matrix.dtype;
  }

  /** All n² entries in row-major order, widened (exactly) to f64: a copy. */
  toFloat64Array(): Float64Array {
    return widen(this.#matrix.data, this.#matrix.dtype);
  }

  /** `edit distance (100×100 Gram matrix, f64)` */
  toString(): string {
    const source = this.source === null ? "" : `, ${this.source}`;
    return `${this.name} (${this.samples}×${this.samples} Gram matrix, ${this.dtype}${source})`;
  }

  [inspect.custom](): string {
    return `GramMatrix ${this.toString()}`;
  }
}

/** The matrix itself, for operators: not copied, and never to leave the package. */
export function gramOf(gram: GramMatrix): NativeMatrix {
  return privateMatrix(gram);
}
