// E4: lemma 2's projection is I − W_2W_2^† on the outputs, and what is asked for is rank W_2 = t, the number of outputs; a matrix on the
// features of model 2 and a condition on widths alone are printed.
import { describe, expect, test } from "vitest";

import {
  crossProduct,
  fromColumns,
  identityLess,
  norm,
  scaleColumns,
  times,
  timesTranspose,
  transpose,
} from "../twin/dense.ts";
import { type Features, at, features, map } from "../twin/features.ts";
import { svd } from "../twin/jacobi.ts";
import { gaussian } from "../twin/random.ts";
import { inverse } from "../twin/solve.ts";

const n = 50;
const [d1, d2, t] = [5, 4, 3];
const f1 = gaussian(n, d1, 1);
const y = map(times(f1, gaussian(d1, t, 2)), (value, i, j) => value + at(gaussian(n, t, 3), i, j));

const risk = (answers: Features): number => norm(map(answers, (value, i, j) => value - at(y, i, j))) ** 2 / n;

/** d×t: the head whose answers F·W have the least risk. */
const bestHead = (f: Features): Features => times(inverse(crossProduct(f, f)), crossProduct(f, y));

/** A^†. */
function pseudoInverse(a: Features): Features {
  const { u, values, v } = svd(a);
  const reciprocals = values.map((value) => (value > 1e-12 * values[0]! ? 1 / value : 0));
  return timesTranspose(scaleColumns(v, reciprocals), u);
}

/**
 * The least risk of f_1 ↦ W_2·S·f_1 over all S, by least squares in the d_1·d_2 entries of S: every one moves the answers along a
 * direction of its own, and nothing is known of projections.
 */
function leastStitchedRisk(head: Features): number {
  const columns: Float64Array[] = [];
  for (let i = 0; i < d1; i += 1) {
    for (let j = 0; j < head.n; j += 1) {
      columns.push(features(n, t, (sample, output) => at(f1, sample, i) * at(head, j, output)).data);
    }
  }
  const { u, values } = svd(fromColumns(n * t, columns));
  const kept = values.filter((value) => value > 1e-10 * values[0]!).length;
  const targets: Features = { data: y.data, n: n * t, d: 1 };
  const along = crossProduct(
    features(n * t, kept, (i, j) => at(u, i, j)),
    targets,
  );
  return (norm(targets) ** 2 - norm(along) ** 2) / n;
}

/** R_1 + ‖(I − W_2W_2^†)W_1Σ_11^½‖², heads as t×d matrices. */
function byLemma(head: Features): number {
  const w1 = transpose(bestHead(f1));
  const w2 = transpose(head);
  const outside = times(identityLess(times(w2, pseudoInverse(w2))), w1);
  // ‖M·Σ_11^½‖² = ‖M·F_1ᵀ‖²/n.
  return risk(times(f1, bestHead(f1))) + norm(timesTranspose(outside, f1)) ** 2 / n;
}

const least = risk(times(f1, bestHead(f1)));
/** A d_2×t head of the given rank. */
const headOfRank = (rank: number): Features => times(gaussian(d2, rank, 5), gaussian(rank, t, 6));

describe("the least risk of a stitched linear head", () => {
  test.each([1, 2, 3])("is the lemma's for a head of rank %i", (rank) => {
    const head = headOfRank(rank);
    // Least squares in 20 unknowns, of well-conditioned directions.
    expect(Math.abs(leastStitchedRisk(head) / byLemma(head) - 1)).toBeLessThan(1e-10);
  });

  test("is reached by S = W_2^†W_1", () => {
    for (const rank of [1, 2, 3]) {
      const head = headOfRank(rank);
      const s = times(pseudoInverse(transpose(head)), transpose(bestHead(f1)));
      const answers = times(timesTranspose(f1, s), head);
      expect(Math.abs(risk(answers) / byLemma(head) - 1)).toBeLessThan(1e-10);
    }
  });

  test("is that of model 1 when the head has rank t; with t ≤ d_2 and a lower rank it is not", () => {
    expect(Math.abs(leastStitchedRisk(headOfRank(t)) / least - 1)).toBeLessThan(1e-10);
    // t = 3 ≤ d_2 = 4 all the same.
    for (const rank of [1, 2]) expect(leastStitchedRisk(headOfRank(rank)) / least).toBeGreaterThan(1.2);
  });
});

test("sizes: W_2ᵀ·diag(η_1)·W_2 has no product, and what W_2ᵀ(…)W_2 would act on is not what W_1 answers", () => {
  const w2 = transpose(headOfRank(t));
  const eta1 = svd(f1).values;
  // t×d_2, between which a diagonal of d_1 numbers does not fit.
  expect([w2.n, w2.d, eta1.length]).toEqual([t, d2, d1]);
  expect(w2.n).not.toBe(eta1.length);
  // Even without it: d_2×d_2, while W_1Σ_11^½ has t rows.
  expect(crossProduct(w2, w2).n).not.toBe(transpose(bestHead(f1)).n);
  expect(times(w2, pseudoInverse(w2)).n).toBe(transpose(bestHead(f1)).n);
});
