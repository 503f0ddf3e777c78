/** What a linear map of x cannot tell of y (Insulla, Huang & Rosasco 2025, section 4), mean squared over the samples. */
import { centre } from "./centring.ts";
import { centreColumns, identityLess, norm, rounded, scaleColumns, times, timesTranspose } from "./dense.ts";
import type { Features } from "./features.ts";
import { eigen, svd } from "./jacobi.ts";
import type { Matrix } from "./matrix.ts";

/** (1/n)·‖(I − P)Y‖², P = K(K + nλI)^-1 of the features as they are, or the projector on their columns for λ = 0. */
export function misalignment(x: Features, y: Features, lambda = 0): number {
  const { u, values } = svd(x);
  const tolerance = Math.max(x.n, x.d) * Number.EPSILON * (values[0] ?? NaN);
  const shares = values.map((s) => (s > tolerance ? s ** 2 / (s ** 2 + x.n * lambda) : 0));
  const hat = timesTranspose(scaleColumns(u, shares), u);
  return norm(times(identityLess(hat), y)) ** 2 / x.n;
}

/** With a bias: both sides centred. */
export function affineMisalignment(x: Features, y: Features, lambda = 0): number {
  return misalignment(centreColumns(x), centreColumns(y), lambda);
}

/** (1/n)·‖(I − P)Y‖² for P = K(K + nλI)^-1 of any kernel matrix, or for λ = 0 the projector on its range. */
export function kernelMisalignment(k: Matrix, y: Features, lambda: number): number {
  const { values, vectors } = eigen(rounded(k));
  const tolerance = k.n * Number.EPSILON * (values[0] ?? NaN);
  const shares = values.map((eta) => (eta > tolerance ? eta / (eta + k.n * lambda) : 0));
  const hat = timesTranspose(scaleColumns(vectors, shares), vectors);
  return norm(times(identityLess(hat), y)) ** 2 / k.n;
}

/** With a bias: both sides centred. */
export function affineKernelMisalignment(k: Matrix, y: Features, lambda: number): number {
  return kernelMisalignment(centre(k), centreColumns(y), lambda);
}
