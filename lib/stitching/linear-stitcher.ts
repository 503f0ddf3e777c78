import { breaths } from "../breath.ts";
import { transposed } from "../matrix/transposed.ts";
import { native } from "../native.ts";
import { phaseJob, type PhaseOptions } from "../phase-job.ts";
import { matrixOf, type Representation } from "../representation.ts";
import { makeStitcher } from "./make-stitcher.ts";
import type { LinearMap, Stitcher } from "./stitcher.ts";

/** A stitcher's facts and its numbers S and b, which nobody may change afterwards. */
export interface LinearStitcherParts extends Omit<Stitcher, "map" | "apply" | "error"> {
  readonly map: LinearMap;
}

async function addToRows(out: Float64Array, bias: Float64Array): Promise<void> {
  const breath = breaths();
  for (let at = 0; at < out.length; at += bias.length) {
    for (let j = 0; j < bias.length; j += 1) out[at + j] = out[at + j]! + bias[j]!;
    await breath();
  }
}

/** x ↦ S·x + b as a stitcher. */
export function makeLinearStitcher(parts: LinearStitcherParts): Stitcher {
  const { inputs, outputs, map } = parts;
  const run = async (source: Representation, out: Float64Array, work: PhaseOptions): Promise<void> => {
    const product = {
      left: matrixOf(source),
      // Sᵀ, as the product with rows of samples wants it.
      right: { data: transposed(map.weights, outputs, inputs), dtype: "f64", rows: inputs, cols: outputs } as const,
      transposed: false,
      leftFrom: 0,
      leftCount: inputs,
      rightCount: outputs,
      out,
    };
    await phaseJob<undefined>("stitchers", work, (progress, done) =>
      native().productsJob([product], work.threads, progress, done),
    );
    if (map.bias !== null) await addToRows(out, map.bias);
  };
  return makeStitcher({ ...parts, run });
}
