/** Measures of dependence between kernels, from their centred Gram matrices (Insulla, Huang & Rosasco 2025, section 3.3). */
import { centre } from "./centring.ts";
import { centreColumns, crossProduct, identityLess, frobenius, rounded, scaled, shifted, times } from "./dense.ts";
import type { Features } from "./features.ts";
import { eigen, squareRootOf, svd, symmetricFunction } from "./jacobi.ts";
import type { Matrix } from "./matrix.ts";
import { logDeterminant } from "./solve.ts";

const centred = (k: Matrix): Features => rounded(centre(k));
const largest = (values: Float64Array): number => values[0] ?? NaN;

/** COCO (Gretton et al. 2005b): (1/n)·√λ_max(K̃_1K̃_2), as the largest singular value of K̃_1^½·K̃_2^½/n. */
export function coco(k: Matrix, l: Matrix): number {
  return largest(svd(times(squareRootOf(centred(k)), squareRootOf(centred(l)))).values) / k.n;
}

/** The same for linear kernels: σ_max(X_1ᵀHX_2/n). */
export function cocoOfFeatures(x: Features, y: Features): number {
  return largest(svd(crossProduct(centreColumns(x), centreColumns(y))).values) / x.n;
}

/** Regularised canonical correlations, falling: square roots of the eigenvalues of R_1R_2, R = (K̃/n)(K̃/n + κI)^-1. */
export function regularisedCorrelations(k: Matrix, l: Matrix, kappa: number): Float64Array {
  const root = (kernel: Matrix): Features =>
    symmetricFunction(scaled(centred(kernel), 1 / kernel.n), (eta) => Math.sqrt(Math.max(eta, 0) / (eta + kappa)));
  return svd(times(root(k), root(l))).values;
}

/** The same for linear kernels: singular values of (Σ_11+κI)^-½ Σ_12 (Σ_22+κI)^-½. */
export function regularisedCorrelationsOfFeatures(x: Features, y: Features, kappa: number): Float64Array {
  const [a, b] = [centreColumns(x), centreColumns(y)];
  const whitener = (z: Features): Features =>
    symmetricFunction(shifted(scaled(crossProduct(z, z), 1 / z.n), kappa), (value) => 1 / Math.sqrt(value));
  const covariance = scaled(crossProduct(a, b), 1 / x.n);
  return svd(times(times(whitener(a), covariance), whitener(b))).values;
}

/** Bach & Jordan (2002): singular values of R_1R_2, R = K̃(K̃ + (nκ/2)I)^-1, falling. */
export function bachJordanCorrelations(k: Matrix, l: Matrix, kappa: number): Float64Array {
  return svd(times(hat(k, (k.n * kappa) / 2), hat(l, (l.n * kappa) / 2))).values;
}

/** K̃(K̃ + sI)^-1. */
function hat(k: Matrix, s: number): Features {
  return symmetricFunction(centred(k), (value) => Math.max(value, 0) / (Math.max(value, 0) + s));
}

/** KCC: the largest of the correlations. */
export function kcc(correlations: Float64Array): number {
  return largest(correlations);
}

/** NOCCO (Fukumizu et al. 2007) by its definition, ⟨R_1, R_2⟩. */
export function nocco(k: Matrix, l: Matrix, kappa: number): number {
  return frobenius(hat(k, k.n * kappa), hat(l, l.n * kappa));
}

/** NOCCO as the sum of squared correlations. */
export function noccoOf(correlations: Float64Array): number {
  return correlations.reduce((sum, r) => sum + r ** 2, 0);
}

/** KGV (Bach & Jordan 2002; Gretton et al. 2005b): −½·Σ log(1 − r²). */
export function kgv(correlations: Float64Array): number {
  return -correlations.reduce((sum, r) => sum + Math.log1p(-(r ** 2)), 0) / 2;
}

/** ν = 1/min_i Σ_j K(i,j), the other choice for KMI; NaN where the smallest row sum is not positive. */
export function reciprocalOfLeastRowSum(k: Matrix): number {
  const sums = Array.from({ length: k.n }, (_, i) => k.rowSum(i)).map(({ hi, lo }) => hi + lo);
  const least = sums.reduce((a, b) => Math.min(a, b), Infinity);
  return least > 0 ? 1 / least : NaN;
}

/** KMI (Gretton et al. 2005b): −½·log det(I − ν_1ν_2K̃_1K̃_2); NaN where ν_1ν_2·λ_max(K̃_1K̃_2) ≥ 1. ν = 1/n unless given. */
export function kmi(k: Matrix, l: Matrix, nu: readonly [number, number] = [1 / k.n, 1 / l.n]): number {
  const [a, b] = [centred(k), centred(l)];
  const root = squareRootOf(a);
  const [nu1, nu2] = nu;
  if (!(nu1 * nu2 * largest(eigen(times(times(root, b), root)).values) < 1)) return NaN;
  return -logDeterminant(identityLess(scaled(times(a, b), nu1 * nu2))) / 2;
}
