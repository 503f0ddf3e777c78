import { emptyElements } from "../matrix/typed-array.ts";
import type { PhaseOptions } from "../phase-job.ts";
import { Representation } from "../representation.ts";
import { checkSameSamples } from "../spectral/check-layers.ts";
import { checkWorkOptions, workKeys } from "../work-options.ts";
import { checkOptions } from "../check.ts";
import { checkFeatures, checkFitOptions, checkWidth } from "./check-sides.ts";
import { measureError } from "./matching-error.ts";
import type { LinearMap, Stitcher } from "./stitcher.ts";

/** Everything that a stitcher says of itself, and what it does to samples. */
export interface StitcherParts extends Omit<Stitcher, "map" | "apply" | "error"> {
  readonly map: LinearMap | null;
  /** Writes s of every row of the source, n×d_2, into `out`. */
  readonly run: (source: Representation, out: Float64Array, work: PhaseOptions) => Promise<void>;
}

/** A stitcher with its checks, from the function that does its work. */
export function makeStitcher({ map, run, ...facts }: StitcherParts): Stitcher {
  const { inputs, outputs, name } = facts;
  const outputOf = async (source: Representation, work: PhaseOptions): Promise<Float64Array> => {
    checkWidth(source, inputs, "which the stitcher was fitted on,");
    const out = emptyElements("f64", source.samples * outputs) as Float64Array;
    await run(source, out, work);
    return out;
  };
  return Object.freeze<Stitcher>({
    ...facts,
    map: () => map && { weights: map.weights.slice(), bias: map.bias && map.bias.slice() },
    apply: async (source, options) => {
      const layer = checkFeatures(source, "source");
      const work = checkWorkOptions(checkOptions(options, "apply(options)", workKeys));
      const out = await outputOf(layer, work);
      return Representation.fromArray(out, [layer.samples, outputs], { name: `${name} of ${layer.name}`, take: true });
    },
    error: async (source, target, options) => {
      const sides = [checkFeatures(source, "source"), checkFeatures(target, "target")] as const;
      checkSameSamples(...sides);
      const { rows, work } = checkFitOptions(options, sides[0].samples, "error");
      const [from, to] = rows === null ? sides : [sides[0].rows(rows), sides[1].rows(rows)];
      checkWidth(to, outputs, "which the stitcher was fitted to,");
      return await measureError(await outputOf(from, work), to);
    },
  });
}
