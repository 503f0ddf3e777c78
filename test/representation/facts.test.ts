import * as fc from "fast-check";
import { expect, test } from "vitest";

import { Representation } from "../../lib/representation.ts";

test("constant columns and rows of zeros are allowed and remembered", () => {
  const data = Float32Array.of(0, 5, 0, 0, 5, 0, 0, 5, 1, 0, 0, 0);
  const layer = Representation.fromArray(data, [4, 3]);
  expect([...layer.facts.constantColumns]).toEqual([0]);
  expect([...layer.facts.zeroRows]).toEqual([3]);
  const equal = Representation.fromArray(new Float64Array(6).fill(0.1), [3, 2]);
  expect([...equal.facts.constantColumns]).toEqual([0, 1]);
  // A constant column's mean is its value to the last bit, so that centring leaves exact zeros.
  expect([...equal.facts.mean]).toEqual([0.1, 0.1]);
  expect(equal.facts.scatter).toBe(0);
  const one = Representation.fromArray(Float64Array.of(3, 4), [1, 2]);
  expect([...one.facts.constantColumns]).toEqual([0, 1]);
});

test("means and norms are what their definitions say", () => {
  const integers = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })).chain(([n, d]) =>
    fc.record({
      n: fc.constant(n),
      d: fc.constant(d),
      data: fc.array(fc.integer({ min: -50, max: 50 }), { minLength: n * d, maxLength: n * d }),
    }),
  );
  fc.assert(
    fc.property(integers, ({ n, d, data }) => {
      const { facts } = Representation.fromArray(Float64Array.from(data), [n, d]);
      const at = (i: number, j: number): number => data[i * d + j] ?? NaN;
      const rows = Array.from({ length: n }, (_, i) => i);
      const columns = Array.from({ length: d }, (_, j) => j);
      const mean = columns.map((j) => rows.reduce((sum, i) => sum + at(i, j), 0) / n);
      const sum = (terms: number[]): number => terms.reduce((total, term) => total + term, 0);
      const centred = rows.map((i) => sum(columns.map((j) => (at(i, j) - (mean[j] ?? NaN)) ** 2)));
      const dots = rows.map((i) => sum(columns.map((j) => (at(i, j) - (mean[j] ?? NaN)) * (mean[j] ?? NaN))));
      const close = (found: ArrayLike<number>, wanted: readonly number[]): void => {
        expect(found.length).toBe(wanted.length);
        // Sums of at most 81 terms below 10⁴, each rounded to 2⁻⁵³ of itself: 81 · 10⁴ · 2⁻⁵³ < 1e-10.
        wanted.forEach((value, k) => expect(Math.abs((found[k] ?? NaN) - value)).toBeLessThan(1e-10));
      };
      close(facts.mean, mean);
      close(facts.centredNorm2, centred);
      close(facts.dotMean, dots);
      // n sums of the kind above.
      expect(Math.abs(facts.scatter - sum(centred))).toBeLessThan(1e-9);
      close([facts.meanNorm2], [sum(mean.map((m) => m * m))]);
      expect(facts.maxAbs).toBe(Math.max(...data.map(Math.abs)));
      expect([...facts.constantColumns]).toEqual(columns.filter((j) => rows.every((i) => at(i, j) === at(0, j))));
      expect([...facts.zeroRows]).toEqual(rows.filter((i) => columns.every((j) => at(i, j) === 0)));
    }),
  );
});
