import type { Kernel } from "../kernels/kernel.ts";
import { linear } from "../kernels/linear.ts";
import { emptyElements } from "../matrix/typed-array.ts";
import { medianDistances } from "../median.ts";
import {
  native,
  type NativeComponentResult,
  type NativeComponents,
  type NativeFactorRequest,
  type NativeFactorResult,
  type NativeMatrix,
} from "../native.ts";
import { kernelOperator, needsMedian, type Operator } from "../operators.ts";
import { phaseJob, type PhaseOptions } from "../phase-job.ts";
import type { Phase } from "../progress.ts";
import { factsOf, matrixOf, type Representation } from "../representation.ts";
import type { Sides } from "./check-sides.ts";
import { applyKernel, type CrossKernel, crossKernel } from "./kernel-stitcher.ts";
import { type LambdaChoice, lengthOf, pathFor } from "./lambda.ts";
import { matchingError } from "./matching-error.ts";
import type { MatchingError, NoStitcher } from "./stitcher.ts";

/** A fit that weights the components of a factorised source. */
export interface ComponentRequest {
  /** Null: of the features themselves. */
  readonly kernel: Kernel | null;
  readonly bias: boolean;
  readonly lambda: LambdaChoice;
  /** The rank that fitted values are cut to; 0: not cut. */
  readonly rank: number;
}

/** What became of one pair. */
export interface ComponentFit {
  readonly source: Representation;
  readonly target: Representation;
  /** S (d_2×d_1), or αᵀ (d_2×n) of a kernel. */
  readonly weights: Float64Array;
  readonly bias: Float64Array | null;
  readonly lambda: number;
  /** Which λ of the path. */
  readonly chosen: number;
  /** Of the source. */
  readonly rank: number;
  readonly fitted: MatchingError;
  readonly kernel: CrossKernel | null;
}

interface Factorised {
  readonly source: Representation;
  readonly components: NativeComponents;
  readonly kernel: CrossKernel | null;
}

function zeros(length: number): Float64Array {
  return emptyElements("f64", length) as Float64Array;
}

function empty(rows: number, cols: number): NativeMatrix {
  return { data: zeros(rows * cols), dtype: "f64", rows, cols };
}

/** Progress of a part of a phase: `before` of `all` sources are done, and these are `count`. */
function part(
  work: PhaseOptions,
  { before, count, all }: { before: number; count: number; all: number },
): PhaseOptions {
  const { onProgress } = work;
  if (onProgress === undefined) return work;
  const told = ({ phase, done, total }: { phase: Phase; done: number; total: number }): void =>
    onProgress({ phase, done: before * total + done * count, total: all * total });
  return { ...work, onProgress: told };
}

async function operatorsOf({ sources, work }: Sides, kernel: Kernel | null): Promise<(Operator | NoStitcher)[]> {
  if (kernel === null || !needsMedian(kernel))
    return sources.map((source) => kernelOperator(source, kernel ?? linear()));
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
  const out = zeros(samples);
  const dual = new Float64Array(samples).fill(1 / samples);
  await applyKernel(kernel, kernel.fitted, { outputs: 1, dual, out }, { ...work, onProgress: undefined });
  return out;
}

/** One factorisation a source, all in one job. */
async function factorise(
  sources: readonly { readonly source: Representation; readonly operator: Operator }[],
  request: ComponentRequest,
  work: PhaseOptions,
): Promise<(Factorised | NoStitcher)[]> {
  const { kernel, bias, lambda } = request;
  const requests = sources.map(({ source, operator }): NativeFactorRequest => {
    const { samples, features } = source;
    const width = operator.map.map === "linear" ? Math.min(samples, features) : samples;
    const basis = { kind: "basis", matrix: empty(samples, width) } as const;
    return {
      source: operator.source,
      map: operator.map,
      centred: bias,
      tolerance: 0,
      eigenvalues: true,
      accurate: true,
      outputs: kernel === null ? [basis, { kind: "right", matrix: empty(features, width) }] : [basis],
    };
  });
  const found = await phaseJob<NativeFactorResult[]>("factors", work, (progress, done) =>
    native().factorJob(requests, work.threads, progress, done),
  );
  const factorised: (Factorised | NoStitcher)[] = [];
  for (const [i, { source, operator }] of sources.entries()) {
    const { rank, eigenvalues, indefinite } = found[i]!;
    if (indefinite < 0) {
      factorised.push({
        reason: `the kernel matrix of ${source.name} is not positive semidefinite: its least eigenvalue is ${indefinite}`,
      });
      continue;
    }
    const cross = kernel === null ? null : crossKernel(kernel, source, operator, bias);
    const mean = cross === null ? factsOf(source).mean : bias ? await kernelMeans(cross, work) : null;
    const [basis, right] = requests[i]!.outputs;
    const components: NativeComponents = {
      basis: basis!.matrix,
      ...(right && { right: right.matrix }),
      ...(bias && mean && { inputMean: mean }),
      rank,
      eigenvalues,
      path: pathFor(lambda, (eigenvalues[0] ?? 0) / source.samples),
    };
    factorised.push({ source, components, kernel: cross });
  }
  return factorised;
}

/** All targets on sources that are factorised, in one job: one row of fits a source. */
async function fitTargets(
  sources: readonly Factorised[],
  targets: readonly Representation[],
  { kernel, bias, lambda, rank }: ComponentRequest,
  work: PhaseOptions,
): Promise<ComponentFit[][]> {
  const pairs = sources.flatMap((from) => targets.map((target) => ({ from, target })));
  const inputsOf = ({ source }: Factorised): number => (kernel === null ? source.features : source.samples);
  const weights = pairs.map(({ from, target }) => zeros(inputsOf(from) * target.features));
  const biases = bias ? pairs.map(({ target }) => new Float64Array(target.features)) : null;
  const { chosen, residuals } = await phaseJob<NativeComponentResult>("stitchers", work, (progress, done) =>
    native().componentJob(
      {
        samples: targets[0]!.samples,
        sources: sources.map(({ components }) => components),
        targets: targets.map((target) => ({
          matrix: matrixOf(target),
          mean: bias ? factsOf(target).mean : new Float64Array(target.features),
        })),
        kernel: kernel !== null,
        biased: bias,
        criterion: lambda.criterion,
        pathLength: lengthOf(lambda),
        rankLimit: rank,
        weights,
        ...(biases && { biases }),
        threads: work.threads,
      },
      progress,
      done,
    ),
  );
  const fits = pairs.map(({ from, target }, k): ComponentFit => {
    const { source, components } = from;
    return {
      source,
      target,
      weights: weights[k]!,
      bias: biases && biases[k]!,
      lambda: components.path[chosen[k]!]!,
      chosen: chosen[k]!,
      rank: components.rank,
      fitted: matchingError(residuals[k]!, target),
      kernel: from.kernel,
    };
  });
  return sources.map((_, i) => fits.slice(i * targets.length, (i + 1) * targets.length));
}

/** A layer that has a sum of squares, or why it has none. */
function reasonAgainst(target: Representation): NoStitcher | null {
  const operator = kernelOperator(target, linear());
  return "reason" in operator ? operator : null;
}

/** Sources × targets. Sources go through as many at a time as there are threads, so that no more factorisations are in memory. */
export async function fitComponents(sides: Sides, request: ComponentRequest): Promise<(ComponentFit | NoStitcher)[][]> {
  const { sources, targets, samples, work } = sides;
  const { criterion } = request.lambda;
  if (criterion !== "given" && samples < 2) {
    const reason = `λ is chosen by leaving samples out (${criterion}), and there is only one`;
    return sources.map(() => targets.map(() => ({ reason })));
  }
  const refused = targets.map(reasonAgainst);
  const fitted = targets.filter((_, j) => refused[j] === null);
  const operators = await operatorsOf(sides, request.kernel);
  const rows: (ComponentFit | NoStitcher)[][] = [];
  for (let from = 0; from < sources.length; from += work.threads) {
    const batch = sources.slice(from, from + work.threads);
    const own = part(work, { before: from, count: batch.length, all: sources.length });
    const ready = batch.flatMap((source, i) => {
      const operator = operators[from + i]!;
      return "reason" in operator ? [] : [{ source, operator }];
    });
    const factorised = ready.length === 0 ? [] : await factorise(ready, request, own);
    const usable = factorised.filter((entry) => "components" in entry);
    const fits = usable.length === 0 || fitted.length === 0 ? [] : await fitTargets(usable, fitted, request, own);
    const queue = fits.map((row) => row.values());
    const outcomes = factorised.values();
    for (let i = 0; i < batch.length; i += 1) {
      const operator = operators[from + i]!;
      const outcome = "reason" in operator ? operator : outcomes.next().value!;
      const row = "reason" in outcome ? null : queue.shift();
      rows.push(targets.map((_, j) => refused[j] ?? ("reason" in outcome ? outcome : row!.next().value!)));
    }
  }
  return rows;
}
