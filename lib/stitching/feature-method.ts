import { fitComponents } from "./fit-components.ts";
import { type LambdaChoice, endText } from "./lambda.ts";
import { makeLinearStitcher } from "./linear-stitcher.ts";
import { makeMethod } from "./method.ts";
import type { StitcherKind, StitcherMethod } from "./stitcher.ts";

export interface FeatureMethod {
  readonly kind: StitcherKind;
  readonly name: string;
  readonly bias: boolean;
  readonly lambda: LambdaChoice;
  /** The rank that the map is cut to; null: not cut. */
  readonly rank: number | null;
}

/** λ = 0: least squares. */
export const unshrunken: LambdaChoice = { criterion: "given", path: Float64Array.of(0) };

/** A method whose stitcher is a linear map with a weight on each component of the source's features. */
export function featureMethod({ kind, name, bias, lambda, rank }: FeatureMethod): StitcherMethod {
  return makeMethod(kind, name, async (sides) => {
    const rows = await fitComponents(sides, { kernel: null, bias, lambda, rank: rank ?? 0 });
    return rows.map((row) =>
      row.map((fit) => {
        if ("reason" in fit) return fit;
        return makeLinearStitcher({
          kind,
          name: name + endText(lambda, fit.chosen),
          inputs: fit.source.features,
          outputs: fit.target.features,
          map: { weights: fit.weights, bias: fit.bias },
          lambda: kind === "ridge" ? fit.lambda : null,
          rank: rank ?? fit.rank,
          fitted: fit.fitted,
        });
      }),
    );
  });
}
