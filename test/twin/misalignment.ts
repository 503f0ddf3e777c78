/** What a linear map of x cannot tell of y (Insulla, Huang & Rosasco 2025, section 4), mean squared over the samples. */
import { centreColumns, identityLess, norm, scaleColumns, times, timesTranspose } from "./dense.ts";
import type { Features } from "./features.ts";
import { svd } from "./jacobi.ts";

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
