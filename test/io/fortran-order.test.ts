import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { fortranScatter } from "../../lib/io/fortran-order.ts";

/** All index tuples of a shape, the first axis running fastest: the order of Fortran. */
function fortranIndices(shape: readonly number[]): number[][] {
  return shape.reduceRight<number[][]>(
    (rest, size) => rest.flatMap((tail) => Array.from({ length: size }, (_, k) => [k, ...tail])),
    [[]],
  );
}

function rowMajorPosition(index: readonly number[], shape: readonly number[]): number {
  return index.reduce((position, k, axis) => position * (shape[axis] ?? 1) + k, 0);
}

describe("column-major elements", () => {
  it("come out row-major for any shape, in pieces of any length", () => {
    const property = fc.property(
      fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 }),
      fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 }),
      (shape, lengths) => {
        const indices = fortranIndices(shape);
        const stored = Float64Array.from(indices, (_, k) => k);
        const target = new Float64Array(stored.length);
        const put = fortranScatter(shape, target);
        for (let from = 0, turn = 0; from < stored.length; turn++) {
          const length = lengths[turn % lengths.length] ?? 1;
          put(stored.subarray(from, from + length));
          from += length;
        }
        const wanted = new Float64Array(stored.length);
        for (const [k, index] of indices.entries()) wanted[rowMajorPosition(index, shape)] = k;
        expect(target).toEqual(wanted);
      },
    );
    fc.assert(property, { seed: 7, numRuns: 500 });
  });
});
