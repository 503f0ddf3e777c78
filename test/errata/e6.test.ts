// E6: the numerator of kernel alignment in features is Σ⟨f_1,i, f_2,j⟩²; the sum is printed without its squares (section 3.1.2).
import { expect, test } from "vitest";

import { ka, spectralAlignment } from "../../lib/index.ts";
import { represent } from "../property/ask.ts";
import { crossProduct, frobenius, norm, scaled, times, timesTranspose } from "../twin/dense.ts";
import { type Features, at, map } from "../twin/features.ts";
import { gaussian, orthogonal } from "../twin/random.ts";

const n = 50;
const x = gaussian(n, 4, 1);
const y = map(times(x, gaussian(4, 3, 2)), (value, i, j) => value + at(gaussian(n, 3, 3), i, j));

/** ⟨K_1, K_2⟩/(‖K_1‖‖K_2‖) of n×n matrices. */
function alignment(a: Features, b: Features): number {
  const [k, l] = [timesTranspose(a, a), timesTranspose(b, b)];
  return frobenius(k, l) / (norm(k) * norm(l));
}

/** Σ_ij power(⟨f_1,i, f_2,j⟩)/√(the same of 1 with itself times the same of 2 with itself), f the features as functions of the sample. */
function ofFeatures(a: Features, b: Features, power: number): number {
  const sum = (p: Features, q: Features): number =>
    scaled(crossProduct(p, q), 1 / n).data.reduce((total, value) => total + value ** power, 0);
  return sum(a, b) / Math.sqrt(Math.abs(sum(a, a) * sum(b, b)));
}

test("with squares it is the alignment of the kernels; without it is another number", async () => {
  const defined = alignment(x, y);
  // Sums of 2,500 products against sums of 12 squares of sums of 50.
  expect(ofFeatures(x, y, 2)).toBeCloseTo(defined, 13);
  expect(Math.abs(ofFeatures(x, y, 1) - defined)).toBeGreaterThan(0.1);
  const [a, b] = [represent(x, "x"), represent(y, "y")];
  expect((await spectralAlignment(a, b)).alignment.value).toBeCloseTo(defined, 12);
  expect((await ka(a, b)).value).toBeCloseTo(defined, 12);
});

test("a rotation, which no kernel sees, changes the sum without squares and nothing else", () => {
  const turned = times(y, orthogonal(3, 9));
  expect(ofFeatures(x, turned, 2)).toBeCloseTo(ofFeatures(x, y, 2), 12);
  expect(Math.abs(ofFeatures(x, turned, 1) - ofFeatures(x, y, 1))).toBeGreaterThan(0.1);
  // A change of all signs turns it round.
  expect(ofFeatures(x, scaled(y, -1), 1)).toBeCloseTo(-ofFeatures(x, y, 1), 12);
});
