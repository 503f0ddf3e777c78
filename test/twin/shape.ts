/** Shape distances of centred features (Williams et al. 2021). */
import { basis } from "./canonical.ts";
import { centreColumns, crossProduct, norm, scaleColumns, scaled, times, timesTranspose } from "./dense.ts";
import { type Features, at, map } from "./features.ts";
import { nuclearNorm, svd } from "./jacobi.ts";

/**
 * min over rotations Q of ‖AQ − B‖², the narrower side padded with zeros; equal to ‖A‖² + ‖B‖² − 2‖AᵀB‖_*, but measured on what the best
 * rotation leaves, so that nothing cancels between near-duplicates.
 */
export function rotationResidual(first: Features, second: Features): number {
  const [a, b] = first.d >= second.d ? [first, second] : [second, first];
  const { u, v } = svd(crossProduct(a, b));
  const turned = times(a, u);
  const matched = timesTranspose(turned, v);
  const left = map(matched, (value, i, j) => value - at(b, i, j));
  const inside = timesTranspose(turned, u);
  const outside = map(a, (value, i, j) => value - at(inside, i, j));
  return norm(left) ** 2 + norm(outside) ** 2;
}

/** ‖X_1‖² + ‖X_2‖² − 2‖X_1ᵀX_2‖_*: the squared distance after the best rotation. */
export function procrustes2(x: Features, y: Features): number {
  return rotationResidual(centreColumns(x), centreColumns(y));
}

/** Normalised Bures similarity: ‖X_1ᵀX_2‖_* over ‖X_1‖‖X_2‖. */
export function nbs(x: Features, y: Features): number {
  const [a, b] = [centreColumns(x), centreColumns(y)];
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

/**
 * arccos of the similarity ‖Z_1ᵀZ_2‖_* of the whitened features at norm 1: α = 1 is arccos NBS, α = 0 arccos(Σρ/√(r_1r_2)). Radians.
 * Computed from the chord between them, which has digits left where the cosine is 1 but for rounding.
 */
export function angularShapeDistance(x: Features, y: Features, alpha = 1): number {
  const unit = (z: Features): Features => scaled(z, 1 / norm(z));
  const chord = rotationResidual(unit(partiallyWhitened(x, alpha)), unit(partiallyWhitened(y, alpha)));
  return 2 * Math.asin(Math.sqrt(chord) / 2);
}
