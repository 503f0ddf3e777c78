import { makeLinearStitcher } from "../../lib/stitching/linear-stitcher.ts";
import type { Stitcher } from "../../lib/stitching/stitcher.ts";

/** A stitcher with the weights (d_2×d_1) and bias that a test wants, fitted to nothing. */
export function linearStitcherOf(
  weights: Float64Array,
  bias: Float64Array | null,
  [outputs, inputs]: readonly [number, number],
): Stitcher {
  return makeLinearStitcher({
    kind: "linear",
    name: "of a test",
    map: { weights, bias },
    inputs,
    outputs,
    lambda: null,
    rank: null,
    fitted: { error: NaN, relative: NaN, samples: 0 },
  });
}
