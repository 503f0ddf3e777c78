import { linear } from "../../kernels/linear.ts";
import { invariantUnder } from "../invariant-under.ts";
import type { TableMetric } from "../metric.ts";
import { lambdaParameter } from "./lambda.ts";
import { matchingError } from "./matching-error.ts";

/**
 * Misalignment of maps with a bias: both layers are centred. Without a ridge it is what linear regression leaves of the second layer's
 * variance, (1 − R²)·tr(HK₂H)/n. See `misalignment`.
 */
export const affineMisalignmentMetric: TableMetric = {
  id: "affine-misalignment",
  label: "Affine misalignment",
  summary: "Mean squared error of the best linear map with a bias from one layer to the other.",
  formula: "‖(I − P₁)HX₂‖²/n, P₁ = HK₁H(HK₁H + nλI)⁻¹",
  family: "stitching",
  symmetric: false,
  sense: "distance",
  range: [0, null],
  variants: ["forward", "backward"],
  parameters: [lambdaParameter],
  kernel: linear(),
  invariances: invariantUnder("translation", "rotation"),
  cost: "factor",
  fewestSamples: () => 1,
  source: "Insulla, Huang and Rosasco 2025, section 4, remark 3",
  section: "4",
  reads: "operators",
  operators: ({ parameters }, kernel) => [
    { make: "explained", kernel, lambda: parameters["lambda"] as number, centred: true },
    { make: "kernel", kernel: linear() },
  ],
  pairs: [
    [0, 1],
    [1, 0],
  ],
  evaluate(context, [from], [, to]) {
    const table = context.table!;
    const trace = table.centredTrace(to!);
    const { value, magnitude } = table.centredInner(from!, to!);
    const explained = table.scale(from!);
    const left = { value: trace - explained * value, magnitude: Math.abs(trace) + explained * magnitude };
    return matchingError(left, table.scale(to!), context);
  },
};
