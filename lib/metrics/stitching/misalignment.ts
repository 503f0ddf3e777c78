import { linear } from "../../kernels/linear.ts";
import { invariantUnder } from "../invariant-under.ts";
import type { TableMetric } from "../metric.ts";
import { lambdaParameter } from "./lambda.ts";
import { matchingError } from "./matching-error.ts";

/**
 * Misalignment Ã_2: the mean squared error that the best linear map of the first layer, without a bias, leaves of the second one.
 * `forward` maps the row layer to the column layer. With λ > 0 the error that ridge regression achieves, and with a kernel that of
 * kernel ridge regression. Insulla et al. 2025, section 4, theorem 1.
 */
export const misalignmentMetric: TableMetric = {
  id: "misalignment",
  label: "Misalignment",
  summary: "Mean squared error of the best linear map, without a bias, from one layer to the other.",
  formula: "‖(I − P₁)X₂‖²/n, P₁ = K₁(K₁ + nλI)⁻¹",
  family: "stitching",
  symmetric: false,
  sense: "distance",
  range: [0, null],
  variants: ["forward", "backward"],
  parameters: [lambdaParameter],
  kernel: linear(),
  invariances: invariantUnder("rotation"),
  cost: "factor",
  fewestSamples: () => 1,
  source: "Insulla, Huang and Rosasco 2025, section 4, theorem 1",
  section: "4",
  reads: "operators",
  operators: ({ parameters }, kernel) => [
    { make: "explained", kernel, lambda: parameters["lambda"] as number, centred: false },
    { make: "kernel", kernel: linear() },
  ],
  pairs: [
    [0, 1],
    [1, 0],
  ],
  evaluate: (context, [from], [, to]) =>
    matchingError(context.table!.unexplained(from!, to!), context.table!.scale(to!), context),
};
