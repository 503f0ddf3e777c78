/** Canonical correlation analysis of centred features, and what is read off it. */
import { centreColumns, crossProduct, leadingColumns, times } from "./dense.ts";
import { type Features, at, map } from "./features.ts";
import { type Svd, svd } from "./jacobi.ts";

export interface Basis {
  /** Orthonormal columns that span those of the centred features. */
  readonly u: Features;
  /** The singular values that count, falling. */
  readonly values: Float64Array;
  readonly v: Features;
  readonly rank: number;
}

/** Decompositions of HX already made: nearly every measure of subspaces starts from one. */
const decompositions = new WeakMap<Features, Svd>();

/** The singular value decomposition of HX, cut at max(n, d)·ε·σ_max, or at the relative tolerance given. */
export function basis(x: Features, tolerance = Math.max(x.n, x.d) * Number.EPSILON): Basis {
  const { u, values, v } = decompositions.get(x) ?? svd(centreColumns(x));
  decompositions.set(x, { u, values, v });
  const rank = values.filter((value) => value > tolerance * (values[0] ?? NaN)).length;
  return leading({ u, values, v, rank }, rank);
}

function leading({ u, values, v }: Basis, rank: number): Basis {
  return { u: leadingColumns(u, rank), values: values.slice(0, rank), v: leadingColumns(v, rank), rank };
}

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The min(r_1, r_2) singular values of U_1ᵀU_2, falling; above 1 only by rounding, which is cut. */
export function correlationsOf(a: Basis, b: Basis): Float64Array {
  return svd(crossProduct(a.u, b.u)).values.map((rho) => Math.min(rho, 1));
}

/** √(1 − ρ²) of the same, rising: singular values of what one basis leaves of the other (Björck & Golub 1973), digits and all. */
export function canonicalSines(x: Features, y: Features): Float64Array {
  const [a, b] = [basis(x), basis(y)].sort((p, q) => q.rank - p.rank);
  if (!a || !b) throw new Error("two bases are compared");
  const shadow = times(a.u, crossProduct(a.u, b.u));
  return svd(map(b.u, (value, i, j) => value - at(shadow, i, j))).values.toReversed();
}

export function canonicalCorrelations(x: Features, y: Features): Float64Array {
  return correlationsOf(basis(x), basis(y));
}

export function meanCorrelation(x: Features, y: Features): number {
  return mean(canonicalCorrelations(x, y));
}

export function meanSquaredCorrelation(x: Features, y: Features): number {
  return mean(canonicalCorrelations(x, y).map((rho) => rho ** 2));
}

/** Yanai's generalised coefficient of determination, ⟨P_1, P_2⟩/√(r_1r_2). */
export function yanai(x: Features, y: Features): number {
  const [a, b] = [basis(x), basis(y)];
  return correlationsOf(a, b).reduce((sum, rho) => sum + rho ** 2, 0) / Math.sqrt(a.rank * b.rank);
}

/** The fewest leading singular directions whose squared singular values make up `share` of all. */
export function truncated(whole: Basis, share: number): Basis {
  const total = whole.values.reduce((sum, value) => sum + value ** 2, 0);
  let kept = 0;
  for (let sum = 0; kept < whole.rank && sum < share * total; kept++) sum += (whole.values[kept] ?? NaN) ** 2;
  return leading(whole, kept);
}

/** SVCCA (Raghu et al. 2017): mean correlation of the truncated spaces, and how many directions were kept of each. */
export function svcca(x: Features, y: Features, share = 0.99): { value: number; kept: [number, number] } {
  const [a, b] = [truncated(basis(x), share), truncated(basis(y), share)];
  return { value: mean(correlationsOf(a, b)), kept: [a.rank, b.rank] };
}

/**
 * PWCCA (Morcos, Raghu & Bengio 2018), directed: the correlations weighted by how much each of the first side's canonical variates h_i, of
 * norm 1, is made of its features, α_i = Σ_j |⟨h_i, x_j⟩|. Only the min(r_1, r_2) variates that have a partner carry weight.
 */
export function pwcca(x: Features, y: Features): number {
  const [a, b] = [basis(x), basis(y)];
  const { u: turn, values: rho } = svd(crossProduct(a.u, b.u));
  const variates = times(a.u, turn);
  const loadings = crossProduct(variates, centreColumns(x));
  let [weighted, total] = [0, 0];
  rho.forEach((value, i) => {
    let weight = 0;
    for (let j = 0; j < x.d; j++) weight += Math.abs(at(loadings, i, j));
    weighted += weight * Math.min(value, 1);
    total += weight;
  });
  return weighted / total;
}

/** Linear-regression R² (Kornblith et al. 2019) of y predicted from x, both centred: ‖U_xᵀY‖²/‖Y‖². */
export function linearRegression(x: Features, y: Features): number {
  const target = centreColumns(y);
  const explained = crossProduct(basis(x).u, target);
  const sumOfSquares = (z: Features): number => z.data.reduce((sum, value) => sum + value ** 2, 0);
  return sumOfSquares(explained) / sumOfSquares(target);
}
