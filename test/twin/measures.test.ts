import { describe, expect, it } from "vitest";
import { ka } from "./alignment.ts";
import { basis, canonicalCorrelations } from "./canonical.ts";
import { hardCases } from "./cases.ts";
import { rounded } from "./dense.ts";
import {
  biasCorrectedDistanceCorrelation,
  distanceInducedKernel,
  squaredDistanceCovariance,
  unbiasedDistanceCovariance,
} from "./distance-covariance.ts";
import { condensedDistances } from "./distances.ts";
import { toNumber } from "./double-double.ts";
import { features } from "./features.ts";
import { gram } from "./gram.ts";
import { biasedHsic } from "./hsic.ts";
import * as independence from "./independence.ts";
import { editDistance, longestCommonSubsequence, nearest } from "./neighbours.ts";
import { countKendall, countKendallByMerging } from "./rank-correlation.ts";
import { angularShapeDistance, nbs } from "./shape.ts";
import { spectralAlignment } from "./spectrum.ts";

// Two routes in doubles: eigenvectors of up to 40×40 matrices whose entries span up to five orders (the outlier), so a few thousand ulps.
const tolerance = 1e-11;

function expectClose(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.max(Math.abs(actual), Math.abs(expected)));
}

describe.each(hardCases)("two routes to one number: $name", ({ a, b, ranks }) => {
  const [k, l] = [a, b].map((x) => gram(x, { kind: "linear" }));
  if (!k || !l) throw new Error("two sides");

  it("the ranks that were built in", () => {
    expect([basis(a).rank, basis(b).rank]).toEqual(ranks);
  });

  it("independence: n×n matrices, features alone", () => {
    const kappa = 1e-3 * a.data.reduce((largest, value) => Math.max(largest, value ** 2), 0);
    const [dual, primal] = [
      independence.regularisedCorrelations(k, l, kappa),
      independence.regularisedCorrelationsOfFeatures(a, b, kappa),
    ];
    expectClose(independence.coco(k, l), independence.cocoOfFeatures(a, b));
    expectClose(independence.kcc(dual), independence.kcc(primal));
    expectClose(independence.kgv(dual), independence.kgv(primal));
    expectClose(independence.nocco(k, l, kappa), independence.noccoOf(primal));
  });

  it("alignment: entries, eigenvectors", () => {
    expectClose(spectralAlignment(rounded(k), rounded(l)).alignment, ka(k, l));
  });

  it("distance covariance: distances, the kernel that they induce about any point", () => {
    const induced = biasedHsic(distanceInducedKernel(a), distanceInducedKernel(b, 0), "n");
    expectClose(squaredDistanceCovariance(a, b), 4 * toNumber(induced));
  });

  it("Kendall's counts: pair by pair, by sorting", () => {
    const [p, q] = [condensedDistances(a, "euclidean"), condensedDistances(b, "euclidean")];
    expect(countKendallByMerging(p, q)).toEqual(countKendall(p, q));
  });

  it("partial whitening ends at NBS and at the canonical correlations", () => {
    const sum = canonicalCorrelations(a, b).reduce((s, rho) => s + rho, 0);
    // Cosines, not angles: near 1 the angle has half the digits.
    expectClose(Math.cos(angularShapeDistance(a, b, 1)), nbs(a, b));
    expectClose(Math.cos(angularShapeDistance(a, b, 0)), sum / Math.sqrt(ranks[0] * ranks[1]));
  });
});

describe("worked by hand", () => {
  it("distance covariance of 1…16 laid out 4×4, as the dcor package documents it", () => {
    const a = features(4, 4, (i, j) => 4 * i + j + 1);
    const b = features(4, 1, (i) => [1, 0, 0, 1][i] ?? NaN);
    expectClose(squaredDistanceCovariance(a, a), 52);
    expectClose(squaredDistanceCovariance(a, b), 1);
    expectClose(unbiasedDistanceCovariance(a, a), 128 / 3);
    expectClose(unbiasedDistanceCovariance(a, b), -8 / 3);
    expectClose(biasCorrectedDistanceCorrelation(a, a), 1);
  });

  it("neighbours: ties go to the lower index, lists are compared in order", () => {
    const similarity = { n: 4, data: Float64Array.from([9, 1, 1, 2, 1, 9, 0, 1, 1, 0, 9, 1, 2, 1, 1, 9]) };
    expect(nearest(similarity, 2)).toEqual([
      [3, 1],
      [0, 3],
      [0, 3],
      [0, 1],
    ]);
    expect(longestCommonSubsequence([5, 1, 2, 3], [1, 4, 3, 5])).toBe(2);
    expect(editDistance([5, 1, 2, 3], [1, 4, 3, 5])).toBe(3);
    expect(editDistance([1, 2, 3], [1, 4, 3])).toBe(1);
  });
});
