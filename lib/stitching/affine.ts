import { featureMethod, unshrunken } from "./feature-method.ts";
import type { StitcherMethod } from "./stitcher.ts";

/** x ↦ Sx + b by least squares: {@link linear} of both sides less their means. A constant source gives the target's mean. */
export function affine(): StitcherMethod {
  return featureMethod({ kind: "affine", name: "affine", bias: true, lambda: unshrunken, rank: null });
}
