import type { NativePermutationResult } from "../native.ts";
import { type Line, type OperatorSums, OperatorTable } from "../operator-table.ts";

/** Where a pair of operators stands in the answer of a permutation job. */
export class PairIndex {
  readonly operators: number;
  readonly pairs: number;
  readonly #places = new Map<number, number>();

  constructor(operators: number, flat: Uint32Array) {
    this.operators = operators;
    this.pairs = flat.length / 2;
    for (let k = 0; k < this.pairs; k += 1) this.#places.set(flat[2 * k]! * operators + flat[2 * k + 1]!, k);
  }

  /** The place of (a, b), b permuted. */
  place(a: number, b: number): number {
    const place = this.#places.get(a * this.operators + b);
    if (place === undefined) throw new Error(`the pair (${a}, ${b}) was not permuted`);
    return place;
  }
}

function permutedSums(
  own: OperatorSums,
  found: NativePermutationResult,
  index: PairIndex,
  permutation: number,
): OperatorSums {
  const L = index.operators;
  const from = permutation * index.pairs;
  // A permutation moves nothing within an operator: what concerns one side alone is the same as without it.
  const plain = (x: number): number => x % L;
  const permuted = (x: number): boolean => x >= L;
  const moment = (ofA: Line, a: number, ofB: Line, b: number): number =>
    found.moments[(from + index.place(a, b)) * 9 + ofA * 3 + ofB]!;
  return {
    samples: own.samples,
    scale: (x) => own.scale(plain(x)),
    constant: (x) => own.constant(plain(x)),
    total: (of, x) => own.total(of, plain(x)),
    moment(ofX, x, ofY, y) {
      if (permuted(x) === permuted(y)) return own.moment(ofX, plain(x), ofY, plain(y));
      return permuted(y) ? moment(ofX, x, ofY, y - L) : moment(ofY, y, ofX, x - L);
    },
    inner(x, y) {
      if (permuted(x) === permuted(y)) return own.inner(plain(x), plain(y));
      return found.inner[from + (permuted(y) ? index.place(x, y - L) : index.place(y, x - L))]!;
    },
  };
}

/**
 * The table of L operators and of the same ones with their samples permuted: the index L + b means "b permuted". So the formula of a
 * metric at (a, L + b) is its value under the permutation, and the terms of one operator with itself are those without it.
 */
export class PermutedTable extends OperatorTable {
  constructor(own: OperatorSums, found: NativePermutationResult, index: PairIndex, permutation: number) {
    super(permutedSums(own, found, index, permutation));
  }
}
