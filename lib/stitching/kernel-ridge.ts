import { checkBoolean, checkOptions } from "../check.ts";
import { checkKernel } from "../kernels/check-kernel.ts";
import { describeKernel } from "../kernels/describe.ts";
import type { Kernel } from "../kernels/kernel.ts";
import { rbf } from "../kernels/rbf.ts";
import { fitComponents } from "./fit-components.ts";
import { makeKernelStitcher } from "./kernel-stitcher.ts";
import { checkLambda, endText, type Lambda, lambdaText } from "./lambda.ts";
import { makeMethod, nameOf } from "./method.ts";
import type { StitcherMethod } from "./stitcher.ts";

/** Options of `stitchers.kernelRidge`. */
export interface KernelRidgeOptions {
  /** rbf() by default. A bandwidth by the median is that of the rows fitted on. */
  readonly kernel?: Kernel;
  /** λ > 0 in units of the eigenvalues of K/n, or how it is chosen; "loo" by default. */
  readonly lambda?: Lambda;
  /** The λ > 0 to choose from; by default 41 from 10⁻⁹ to 10 times the largest eigenvalue. */
  readonly lambdas?: readonly number[] | Float64Array;
  /** Whether a constant is fitted, which is not shrunken; true by default. */
  readonly bias?: boolean;
}

function kernelText(kernel: Kernel): string {
  const plain = "bandwidth" in kernel && typeof kernel.bandwidth !== "number" && kernel.bandwidth.median === 1;
  return `kernel=${plain ? kernel.kind : describeKernel(kernel)}`;
}

/**
 * x ↦ Σ_i α_i·k(x, x_i) + b, kernel ridge regression: α = (K/n + λI)⁻¹Y/n. With a bias, K and Y are centred, so that Σα = 0, and
 * b makes up for the means. Directions of K that rounding cannot tell from 0 are left out.
 */
export function kernelRidge(options?: KernelRidgeOptions): StitcherMethod {
  const given = checkOptions(options, "kernelRidge(options)", ["kernel", "lambda", "lambdas", "bias"]);
  const kernel = given.kernel === undefined ? rbf() : checkKernel(given.kernel, "kernel");
  const lambda = checkLambda(given, { above: 0 });
  const bias = given.bias === undefined ? true : checkBoolean(given.bias, "bias");
  const settings = [kernelText(kernel), ...lambdaText(lambda), ...(bias ? [] : ["bias=false"])];
  const name = nameOf("kernel-ridge", settings);
  return makeMethod("kernel-ridge", name, async (sides) => {
    const rows = await fitComponents(sides, { kernel, bias, lambda, rank: 0 });
    return rows.map((row) =>
      row.map((fit) => {
        if ("reason" in fit) return fit;
        return makeKernelStitcher({
          kind: "kernel-ridge",
          name: name + endText(lambda, fit.chosen),
          inputs: fit.source.features,
          outputs: fit.target.features,
          kernel: fit.kernel!,
          dual: fit.weights,
          bias: fit.bias,
          lambda: fit.lambda,
          rank: fit.rank,
          fitted: fit.fitted,
        });
      }),
    );
  });
}
