import type { Kernel } from "../kernels/kernel.ts";
import { native } from "../native.ts";
import type { NativeCrossKernel, NativeCrossKernelSpec, NativeSide } from "../native-stitching.ts";
import type { Operator } from "../operators.ts";
import { phaseJob, type PhaseOptions } from "../phase-job.ts";
import { factsOf, matrixOf, type Representation } from "../representation.ts";
import { ArgumentError } from "../errors.ts";
import { makeStitcher } from "./make-stitcher.ts";
import type { Stitcher } from "./stitcher.ts";

/** A kernel between new samples and those that were fitted on, with its bandwidth decided. */
export interface CrossKernel {
  readonly native: NativeCrossKernel;
  readonly fitted: Representation;
  /** What is subtracted from the rows of both sides. */
  readonly mean: Float64Array;
}

/**
 * The kernel of a fitted source. Distances do not mind a shift of all rows; nor does a linear kernel whose dual coefficients sum to 0,
 * but for a constant that the bias takes up. Less its mean, a layer with a large offset keeps its digits, and so does a kernel that varies
 * little, less the constant that it varies about.
 */
export function crossKernel(kernel: Kernel, source: Representation, operator: Operator, biased: boolean): CrossKernel {
  const { bandwidth, gamma, offset, degree } = operator.map;
  const shifts = kernel.kind === "rbf" || kernel.kind === "laplacian" || (kernel.kind === "linear" && biased);
  const settings = {
    ...(bandwidth === undefined ? {} : { bandwidth }),
    ...(gamma === undefined ? {} : { gamma }),
    ...(offset === undefined ? {} : { offset }),
    ...(degree === undefined ? {} : { degree }),
  };
  return {
    native: { kind: kernel.kind, relative: biased, ...settings },
    fitted: source,
    mean: shifts ? factsOf(source).mean : new Float64Array(source.features),
  };
}

/** out = k(samples, fitted)·dualᵀ + bias. */
export async function applyKernel(
  kernel: CrossKernel,
  samples: Representation,
  terms: Pick<NativeCrossKernelSpec, "outputs" | "dual" | "bias" | "out">,
  work: PhaseOptions,
): Promise<void> {
  const side = (layer: Representation): NativeSide => ({ matrix: matrixOf(layer), mean: kernel.mean });
  const spec = { kernel: kernel.native, fitted: side(kernel.fitted), samples: side(samples), ...terms };
  await phaseJob<undefined>("stitchers", work, (progress, done) =>
    native().crossKernelJob({ ...spec, threads: work.threads }, progress, done),
  );
}

export interface KernelStitcherParts extends Omit<Stitcher, "map" | "apply" | "error"> {
  readonly kernel: CrossKernel;
  /** αᵀ: d_2×n. */
  readonly dual: Float64Array;
  readonly bias: Float64Array | null;
}

/** x ↦ Σ_i α_i·k(x, x_i) + b as a stitcher. It keeps the samples that it was fitted on. */
export function makeKernelStitcher({ kernel, dual, bias, ...facts }: KernelStitcherParts): Stitcher {
  const { outputs } = facts;
  const run = async (source: Representation, out: Float64Array, work: PhaseOptions): Promise<void> => {
    const zeroRow = factsOf(source).zeroRows[0];
    if (kernel.native.kind === "cosine" && zeroRow !== undefined) {
      throw new ArgumentError(
        "INVALID_ARGUMENT",
        `Expected rows with a direction, for the cosine kernel, but row ${zeroRow} of ${String(source)} is zero.`,
        { row: zeroRow },
      );
    }
    await applyKernel(kernel, source, { outputs, dual, out, ...(bias === null ? {} : { bias }) }, work);
  };
  return makeStitcher({ ...facts, map: null, run });
}
