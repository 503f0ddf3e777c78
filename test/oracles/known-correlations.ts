// Two layers of which every canonical correlation and singular value is known by construction.
import { basis } from "../twin/canonical.ts";
import { type Features, at, features } from "../twin/features.ts";
import { gaussian } from "../twin/random.ts";

export interface Known {
  readonly x: Features;
  readonly y: Features;
}

/**
 * x = U·diag(sizes) and y = V·diag(sizes) with V_i = ρ_i·U_i + √(1−ρ_i²)·W_i, where U and W are orthonormal and of mean 0: the i-th left singular
 * vectors of the two correlate by ρ_i, and with nothing else. y has only as many columns as there are correlations.
 */
export function knownCorrelations(n: number, sizes: readonly number[], rho: readonly number[]): Known {
  const d = sizes.length;
  const { u } = basis(gaussian(n, 2 * d, 77));
  const x = features(n, d, (i, j) => at(u, i, j) * (sizes[j] ?? NaN));
  const y = features(n, rho.length, (i, j) => {
    const r = rho[j] ?? NaN;
    return (r * at(u, i, j) + Math.sqrt(1 - r ** 2) * at(u, i, d + j)) * (sizes[j] ?? NaN);
  });
  return { x, y };
}
