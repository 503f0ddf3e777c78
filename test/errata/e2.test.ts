// E2: the squared Wasserstein distance of a whitened pair from independence is Σ[4 − 2(√(1+ρ) + √(1−ρ))]; 2Σ(1 − √(1−ρ²)), without a
// square on the W, is printed (section 3.4).
import { describe, expect, test } from "vitest";

import { w2Dependence } from "../../lib/index.ts";
import { represent } from "../property/ask.ts";
import { basis, canonicalCorrelations } from "../twin/canonical.ts";
import { identity, norm } from "../twin/dense.ts";
import { type Features, at, features, map } from "../twin/features.ts";
import { covariance, printedWassersteinDependence, wassersteinDependence } from "../twin/gaussian-measures.ts";
import { squareRootOf } from "../twin/jacobi.ts";
import { gaussian, normal } from "../twin/random.ts";

/** ‖Σ^½ − I‖², Σ the joint covariance: what the map z ↦ Σ^½z, the gradient of a convex function and so optimal (Brenier), moves. */
function byOptimalMap(x: Features, y: Features): number {
  const [u, v] = [basis(x).u, basis(y).u];
  const root = Math.sqrt(x.n);
  const joint = features(x.n, u.d + v.d, (i, j) => root * (j < u.d ? at(u, i, j) : at(v, i, j - u.d)));
  const sqrt = squareRootOf(covariance(joint));
  return norm(map(sqrt, (value, i, j) => value - at(identity(sqrt.n), i, j))) ** 2;
}

describe.each([0.2, 1, 5])("two layers with noise of size %f", (size) => {
  const x = gaussian(50, 3, 1);
  const noise = gaussian(50, 2, 2);
  const y = map(noise, (value, i, j) => at(x, i, j) + size * value);
  const rho = canonicalCorrelations(x, y);

  test("is what the optimal map moves, and the printed number is not", async () => {
    const defined = byOptimalMap(x, y);
    // Roots of eigenvalues of a matrix of size 1, the least of them 1 − ρ.
    expect(Math.abs(wassersteinDependence(rho) / defined - 1)).toBeLessThan(1e-9);
    // From twice as much for small correlations down to 2/1.1716 at ρ = 1.
    expect(printedWassersteinDependence(rho) / defined).toBeGreaterThan(1.7);
    const [a, b] = [represent(x, "x"), represent(y, "y")];
    expect(Math.abs((await w2Dependence(a, b)).value / defined - 1)).toBeLessThan(1e-9);
    const printed = (await w2Dependence(a, b, { variant: "printed" })).value;
    expect(printed).toBeCloseTo(printedWassersteinDependence(rho), 9);
  });
});

test("at ρ = 1 some coupling costs less than what is printed for the least of all couplings", () => {
  // Independent normals (s, t) are moved to the diagonal, to z(1, 1) with z = (s + t)/√2.
  const next = normal(4);
  const draws = 200_000;
  let cost = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    const [s, t] = [next(), next()];
    const z = (s + t) / Math.SQRT2;
    cost += ((z - s) ** 2 + (z - t) ** 2) / draws;
  }
  // A mean of squares of size 1: its deviation is about 1/√draws = 0.002.
  expect(Math.abs(cost - (4 - 2 * Math.SQRT2))).toBeLessThan(0.02);
  expect(wassersteinDependence(Float64Array.of(1))).toBeCloseTo(4 - 2 * Math.SQRT2, 14);
  expect(printedWassersteinDependence(Float64Array.of(1))).toBe(2);
  expect(cost).toBeLessThan(1.3);
});
