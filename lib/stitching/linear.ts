import { featureMethod, unshrunken } from "./feature-method.ts";
import type { StitcherMethod } from "./stitcher.ts";

/** x ↦ Sx by least squares, of all minimisers the one of least norm: S = Σ_21·Σ_11^†, singular values below max(n, d)·2⁻⁵² of the largest cut. */
export function linear(): StitcherMethod {
  return featureMethod({ kind: "linear", name: "linear", bias: false, lambda: unshrunken, rank: null });
}
