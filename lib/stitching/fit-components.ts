import { linear } from "../kernels/linear.ts";
import { emptyElements } from "../matrix/typed-array.ts";
import { native } from "../native.ts";
import type { NativeComponentResult } from "../native-stitching.ts";
import { kernelOperator } from "../operators.ts";
import { phaseJob, type PhaseOptions } from "../phase-job.ts";
import type { Phase } from "../progress.ts";
import { factsOf, matrixOf, type Representation } from "../representation.ts";
import type { Sides } from "./check-sides.ts";
import { type ComponentRequest, type Factorised, factoriseSources, operatorsOf } from "./factorise-sources.ts";
import type { CrossKernel } from "./kernel-stitcher.ts";
import { lengthOf } from "./lambda.ts";
import { matchingError } from "./matching-error.ts";
import type { MatchingError, NoStitcher } from "./stitcher.ts";

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

/** All targets on sources that are factorised, in one job: one row of fits a source. */
async function fitTargets(
  sources: readonly Factorised[],
  targets: readonly Representation[],
  { kernel, bias, lambda, rank }: ComponentRequest,
  work: PhaseOptions,
): Promise<ComponentFit[][]> {
  const pairs = sources.flatMap((from) => targets.map((target) => ({ from, target })));
  const inputsOf = ({ source }: Factorised): number => (kernel === null ? source.features : source.samples);
  const weights = pairs.map(
    ({ from, target }) => emptyElements("f64", inputsOf(from) * target.features) as Float64Array,
  );
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

/** Sources × targets. Sources go through as many at a time as there are threads, so that no more factorisations are in memory. */
export async function fitComponents(sides: Sides, request: ComponentRequest): Promise<(ComponentFit | NoStitcher)[][]> {
  const { sources, targets, samples, work } = sides;
  const { criterion } = request.lambda;
  if (criterion !== "given" && samples < 2) {
    const reason = `λ is chosen by leaving samples out (${criterion}), and there is only one`;
    return sources.map(() => targets.map(() => ({ reason })));
  }
  // Of a target nothing is asked but that its squares can be summed.
  const operable = targets.map((target) => kernelOperator(target, linear()));
  const fitted = targets.filter((_, j) => !("reason" in operable[j]!));
  const operators = await operatorsOf(sides, request.kernel);
  const rows: (ComponentFit | NoStitcher)[][] = [];
  for (let from = 0; from < sources.length; from += work.threads) {
    const batch = sources.slice(from, from + work.threads);
    const own = part(work, { before: from, count: batch.length, all: sources.length });
    const factorised = await factoriseSources(batch, operators.slice(from), request, own);
    const usable = factorised.filter((entry) => "components" in entry);
    const fits = usable.length === 0 || fitted.length === 0 ? [] : await fitTargets(usable, fitted, request, own);
    const rowOf = new Map(usable.map((entry, i) => [entry, fits[i]]));
    for (const entry of factorised) {
      const row = "reason" in entry ? null : rowOf.get(entry)?.values();
      rows.push(
        operable.map((target) => {
          if ("reason" in target) return target;
          return "reason" in entry ? entry : row!.next().value!;
        }),
      );
    }
  }
  return rows;
}
