/** Measures between Gaussian distributions with the empirical means and covariances (Insulla, Huang & Rosasco 2025, section 3.4). */
import { canonicalSines } from "./canonical.ts";
import { centreColumns, columnMeans, crossProduct, scaled } from "./dense.ts";
import { type Features, at, features } from "./features.ts";
import { squareRootOf } from "./jacobi.ts";
import { rotationResidual } from "./shape.ts";
import { logDeterminant } from "./solve.ts";

/** −½·Σ log(1 − ρ²); +Infinity where a correlation is 1 to rounding. With a ridge it is KGV of the regularised correlations. */
export function gaussianMutualInformation(x: Features, y: Features): number {
  const rounding = Math.max(x.n, x.d, y.d) * Number.EPSILON;
  return canonicalSines(x, y).reduce((sum, sine) => sum + (sine > rounding ? -Math.log(sine) : Infinity), 0);
}

/** Empirical covariance, over n. */
export function covariance(x: Features): Features {
  const centred = centreColumns(x);
  return scaled(crossProduct(centred, centred), 1 / x.n);
}

/** ½·log(|Σ_1||Σ_2|/|Σ|), for features whose joint covariance has full rank. */
export function mutualInformationByDeterminants(x: Features, y: Features): number {
  const joint = features(x.n, x.d + y.d, (i, j) => (j < x.d ? at(x, i, j) : at(y, i, j - x.d)));
  return (logDeterminant(covariance(x)) + logDeterminant(covariance(y)) - logDeterminant(covariance(joint))) / 2;
}

/** Squared 2-Wasserstein distance (Bures): ‖m_1−m_2‖² + tr Σ_1 + tr Σ_2 − 2‖Σ_1^½Σ_2^½‖_*; x and y live in one space. */
export function gaussianWasserstein2(x: Features, y: Features): number {
  const [m1, m2] = [columnMeans(x), columnMeans(y)];
  const shift = m1.reduce((sum, value, j) => sum + (value - (m2[j] ?? NaN)) ** 2, 0);
  return shift + rotationResidual(squareRootOf(covariance(x)), squareRootOf(covariance(y)));
}

/** W²(μ, μ_1⊗μ_2) with whitened marginals: Σ [4 − 2(√(1+ρ) + √(1−ρ))]. */
export function wassersteinDependence(correlations: Float64Array): number {
  return correlations.reduce((sum, rho) => sum + 4 - 2 * (Math.sqrt(1 + rho) + Math.sqrt(1 - rho)), 0);
}

/** What the paper prints in its place: 2·Σ(1 − √(1−ρ²)). */
export function printedWassersteinDependence(correlations: Float64Array): number {
  return 2 * correlations.reduce((sum, rho) => sum + 1 - Math.sqrt(1 - rho ** 2), 0);
}
