import type { Kernel } from "../kernels/kernel.ts";
import { linear } from "../kernels/linear.ts";
import { emptyElements } from "../matrix/typed-array.ts";
import { medianDistances } from "../median.ts";
import { native, type NativeFactorRequest, type NativeFactorResult, type NativeMatrix } from "../native.ts";
import type { NativeComponents } from "../native-stitching.ts";
import { kernelOperator, type MaybeOperator, needsMedian, type Operator } from "../operators.ts";
import { phaseJob, type PhaseOptions } from "../phase-job.ts";
import { factsOf, type Representation } from "../representation.ts";
import type { Sides } from "./check-sides.ts";
import { applyKernel, type CrossKernel, crossKernel } from "./kernel-stitcher.ts";
import { type LambdaChoice, pathFor } from "./lambda.ts";
import type { NoStitcher } from "./stitcher.ts";

/** A fit that weights the components of a factorised source. */
export interface ComponentRequest {
  /** Null: of the features themselves. */
  readonly kernel: Kernel | null;
  readonly bias: boolean;
  readonly lambda: LambdaChoice;
  /** The rank that fitted values are cut to; 0: not cut. */
  readonly rank: number;
}

/** A source with its components, which serve every target. */
export interface Factorised {
  readonly source: Representation;
  readonly components: NativeComponents;
  readonly kernel: CrossKernel | null;
}

function empty(rows: number, cols: number): NativeMatrix {
  return { data: emptyElements("f64", rows * cols), dtype: "f64", rows, cols };
}

/** The sources under the kernel; null: their features. */
export async function operatorsOf({ sources, work }: Sides, kernel: Kernel | null): Promise<MaybeOperator[]> {
  if (kernel === null || !needsMedian(kernel)) {
    return sources.map((source) => kernelOperator(source, kernel ?? linear()));
  }
  const { threads, signal, onProgress } = work;
  const medians = await medianDistances(sources, {
    seed: 0,
    threads,
    ...(signal && { signal }),
    ...(onProgress && { onProgress: (done, total) => onProgress({ phase: "medians", done, total }) }),
  });
  return sources.map((source, i) => kernelOperator(source, kernel, medians[i]));
}

/** Row means of the kernel matrix. */
async function kernelMeans(kernel: CrossKernel, work: PhaseOptions): Promise<Float64Array> {
  const { samples } = kernel.fitted;
  const out = new Float64Array(samples);
  const dual = new Float64Array(samples).fill(1 / samples);
  await applyKernel(kernel, kernel.fitted, { outputs: 1, dual, out }, { ...work, onProgress: undefined });
  return out;
}

/** Least squares needs no singular value, only orthonormal columns and the map that makes them. */
function isLeastSquares({ kernel, lambda }: ComponentRequest): boolean {
  return kernel === null && lambda.criterion === "given" && lambda.path?.[0] === 0;
}

function requestFor(source: Representation, operator: Operator, request: ComponentRequest): NativeFactorRequest {
  const { samples, features } = source;
  const width = operator.map.map === "linear" ? Math.min(samples, features) : samples;
  const solves = isLeastSquares(request);
  const basis = { kind: solves ? "projector" : "basis", matrix: empty(samples, width) } as const;
  const right = { kind: solves ? "solver" : "right", matrix: empty(features, width) } as const;
  return {
    source: operator.source,
    map: operator.map,
    centred: request.bias,
    tolerance: 0,
    eigenvalues: !solves,
    accurate: true,
    outputs: request.kernel === null ? [basis, right] : [basis],
  };
}

async function describe(
  source: Representation,
  operator: Operator,
  { outputs }: NativeFactorRequest,
  { rank, eigenvalues, indefinite }: NativeFactorResult,
  request: ComponentRequest,
  work: PhaseOptions,
): Promise<Factorised | NoStitcher> {
  const { kernel, bias, lambda } = request;
  if (indefinite < 0) {
    return {
      reason: `the kernel matrix of ${source.name} is not positive semidefinite: its least eigenvalue is ${indefinite}`,
    };
  }
  const cross = kernel === null ? null : crossKernel(kernel, source, operator, bias);
  const [basis, right] = outputs;
  const components: NativeComponents = {
    basis: basis!.matrix,
    ...(right && { right: right.matrix }),
    ...(bias && { inputMean: cross === null ? factsOf(source).mean : await kernelMeans(cross, work) }),
    rank,
    eigenvalues: isLeastSquares(request) ? new Float64Array(rank).fill(1) : eigenvalues,
    path: pathFor(lambda, (eigenvalues[0] ?? 0) / source.samples),
  };
  return { source, components, kernel: cross };
}

/** One factorisation a source, all in one job; in the order of the sources, with a reason for each that has none. */
export async function factoriseSources(
  sources: readonly Representation[],
  operators: readonly MaybeOperator[],
  request: ComponentRequest,
  work: PhaseOptions,
): Promise<(Factorised | NoStitcher)[]> {
  const requests = sources.map((source, i) => {
    const operator = operators[i]!;
    return "reason" in operator ? operator : { operator, native: requestFor(source, operator, request) };
  });
  const wanted = requests.flatMap((entry) => ("reason" in entry ? [] : [entry.native]));
  if (wanted.length === 0) return requests.filter((entry) => "reason" in entry);
  const found = await phaseJob<NativeFactorResult[]>("factors", work, (progress, done) =>
    native().factorJob(wanted, work.threads, progress, done),
  );
  const factorised: (Factorised | NoStitcher)[] = [];
  for (const [i, entry] of requests.entries()) {
    if ("reason" in entry) factorised.push(entry);
    else {
      const result = found[wanted.indexOf(entry.native)]!;
      factorised.push(await describe(sources[i]!, entry.operator, entry.native, result, request, work));
    }
  }
  return factorised;
}
