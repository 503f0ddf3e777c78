// E3: misalignment is a difference of squared norms, ‖I‖²_η2 − ‖C_12‖²_η2; theorem 1 prints it without the squares.
import { expect, test } from "vitest";

import { misalignment } from "../../lib/index.ts";
import { represent } from "../property/ask.ts";
import { crossProduct, norm, scaled, times } from "../twin/dense.ts";
import { type Features, at, map } from "../twin/features.ts";
import { svd } from "../twin/jacobi.ts";
import { gaussian } from "../twin/random.ts";
import { inverse } from "../twin/solve.ts";

const n = 40;
const x = gaussian(n, 4, 1);
const y = map(times(x, gaussian(4, 3, 2)), (value, i, j) => value + at(gaussian(n, 3, 3), i, j));

/** The least mean squared error of a linear map, by the normal equations. */
function leastError(a: Features, b: Features): number {
  const s = times(inverse(crossProduct(a, a)), crossProduct(a, b));
  const fitted = times(a, s);
  return norm(map(b, (value, i, j) => value - at(fitted, i, j))) ** 2 / a.n;
}

/** ‖I‖²_η2 = Σ_j η_j and ‖C_12‖²_η2 = Σ_ij η_j·C_ij², from eigenvectors of the kernels. */
function squaredNorms(a: Features, b: Features): [number, number] {
  const [left, right] = [svd(a), svd(b)];
  const c = crossProduct(left.u, right.u);
  const eta = right.values.map((sigma) => sigma ** 2 / b.n);
  const weighted = map(c, (value, _, j) => value * Math.sqrt(eta[j]!));
  return [eta.reduce((sum, value) => sum + value, 0), norm(weighted) ** 2];
}

test("the squares are those that least squares leaves", async () => {
  const defined = leastError(x, y);
  const [whole, told] = squaredNorms(x, y);
  // Decompositions of well-conditioned 40×4 matrices.
  expect(Math.abs((whole - told) / defined - 1)).toBeLessThan(1e-11);
  const printed = Math.sqrt(whole) - Math.sqrt(told);
  expect(Math.abs(printed / defined - 1)).toBeGreaterThan(0.5);
  const found = await misalignment(represent(x, "x"), represent(y, "y"));
  expect(Math.abs(found.value / defined - 1)).toBeLessThan(1e-11);
});

test("features ten times as large have a hundred times the error; the printed difference has ten times", () => {
  const large = scaled(y, 10);
  expect(leastError(x, large) / leastError(x, y)).toBeCloseTo(100, 9);
  const printed = (target: Features): number => {
    const [whole, told] = squaredNorms(x, target);
    return Math.sqrt(whole) - Math.sqrt(told);
  };
  expect(printed(large) / printed(y)).toBeCloseTo(10, 9);
});

test("without the squares theorem 1 does not hold", () => {
  // A second half g = I that answers without a fault: R_2 = 0, κ = 1, and the stitched risk is the misalignment itself.
  const large = scaled(y, 30);
  const [whole, told] = squaredNorms(x, large);
  const stitched = leastError(x, large);
  expect(stitched).toBeLessThanOrEqual((whole - told) * (1 + 1e-12));
  expect(stitched).toBeGreaterThan(10 * (Math.sqrt(whole) - Math.sqrt(told)));
});
