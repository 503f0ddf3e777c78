/** Shape distances of centred features (Williams et al. 2021). */
import { basis } from "./canonical.ts";
import { centreColumns, crossProduct, frobenius, norm, scaleColumns, timesTranspose } from "./dense.ts";
import type { Features } from "./features.ts";
import { nuclearNorm } from "./jacobi.ts";

/** ‖X_1‖² + ‖X_2‖² − 2‖X_1ᵀX_2‖_*: the squared distance after the best rotation. */
export function procrustes2(x: Features, y: Features): number {
  const [a, b] = [centreColumns(x), centreColumns(y)];
  return frobenius(a, a) + frobenius(b, b) - 2 * nuclearNorm(crossProduct(a, b));
}

/** Normalised Bures similarity: ‖X_1ᵀX_2‖_* over ‖X_1‖‖X_2‖. */
export function nbs(x: Features, y: Features): number {
  return similarity(centreColumns(x), centreColumns(y));
}

function similarity(a: Features, b: Features): number {
  return nuclearNorm(crossProduct(a, b)) / (norm(a) * norm(b));
}

/**
 * XZ with Z = V(α + (1−α)·s·σ^-1)Vᵀ for HX = UσVᵀ scaled to ‖σ‖ = 1, s = 1/√rank: α = 1 leaves the features as they are, α = 0 makes all
 * their directions equally long; both ends have norm 1, and the features' scale does not matter.
 */
export function partiallyWhitened(x: Features, alpha: number): Features {
  const { u, values, v, rank } = basis(x);
  const length = Math.hypot(...values);
  const lengths = values.map((value) => (alpha * value) / length + (1 - alpha) / Math.sqrt(rank));
  return timesTranspose(scaleColumns(u, lengths), v);
}

/** arccos of the similarity of the whitened features: α = 1 is arccos NBS, α = 0 arccos(Σρ/√(r_1r_2)). Radians. */
export function angularShapeDistance(x: Features, y: Features, alpha = 1): number {
  return Math.acos(Math.min(1, similarity(partiallyWhitened(x, alpha), partiallyWhitened(y, alpha))));
}
