import { linear } from "../kernels/linear.ts";
import { emptyElements } from "../matrix/typed-array.ts";
import { native } from "../native.ts";
import { kernelOperator } from "../operators.ts";
import { phaseJob } from "../phase-job.ts";
import { factsOf, matrixOf, type Representation } from "../representation.ts";
import { makeLinearStitcher } from "./linear-stitcher.ts";
import { matchingError } from "./matching-error.ts";
import { makeMethod } from "./method.ts";
import type { StitcherMethod } from "./stitcher.ts";

export interface MatchingMethod {
  readonly kind: "orthogonal" | "permutation";
  readonly name: string;
  readonly scale: boolean;
  readonly bias: boolean;
}

/** b = ȳ − S·x̄. */
function biasOf(weights: Float64Array, source: Float64Array, target: Float64Array): Float64Array {
  return target.map((mean, j) => {
    let moved = 0;
    for (let k = 0; k < source.length; k += 1) moved += weights[j * source.length + k]! * source[k]!;
    return mean - moved;
  });
}

/** A method whose S is read off the cross product of the two layers alone. */
export function matchingMethod({ kind, name, scale, bias }: MatchingMethod): StitcherMethod {
  const meanOf = (layer: Representation): Float64Array =>
    bias ? factsOf(layer).mean : new Float64Array(layer.features);
  return makeMethod(kind, name, async ({ sources, targets, samples, work }) => {
    const reasonOf = (layer: Representation): string | null => {
      const operator = kernelOperator(layer, linear());
      return "reason" in operator ? operator.reason : null;
    };
    const from = sources.filter((layer) => reasonOf(layer) === null);
    const to = targets.filter((layer) => reasonOf(layer) === null);
    const pairs = from.flatMap((source) => to.map((target) => ({ source, target })));
    const side = (layer: Representation) => ({ matrix: matrixOf(layer), mean: meanOf(layer) });
    const weights = pairs.map(
      ({ source, target }) => emptyElements("f64", source.features * target.features) as Float64Array,
    );
    const residuals =
      pairs.length === 0
        ? new Float64Array(0)
        : await phaseJob<Float64Array>("stitchers", work, (progress, done) =>
            native().matchingJob(
              {
                samples,
                kind,
                scaled: scale,
                sources: from.map(side),
                targets: to.map(side),
                weights,
                threads: work.threads,
              },
              progress,
              done,
            ),
          );
    let next = 0;
    return sources.map((source) =>
      targets.map((target) => {
        const reason = reasonOf(source) ?? reasonOf(target);
        if (reason !== null) return { reason };
        const k = next++;
        return makeLinearStitcher({
          kind,
          name,
          inputs: source.features,
          outputs: target.features,
          map: { weights: weights[k]!, bias: bias ? biasOf(weights[k]!, meanOf(source), meanOf(target)) : null },
          lambda: null,
          rank: null,
          fitted: matchingError(residuals[k]!, target),
        });
      }),
    );
  });
}
