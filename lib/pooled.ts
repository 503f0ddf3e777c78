import { breaths } from "./breath.ts";
import { runEngine, type EngineInput } from "./engine.ts";
import { Factors } from "./layer-factor.ts";
import type { Kernel } from "./kernels/kernel.ts";
import type { MedianDistance } from "./kernels/median.ts";
import { linear } from "./kernels/linear.ts";
import { medianDistances } from "./median.ts";
import type { Outcome, PooledMetric } from "./metrics/metric.ts";
import type { Layer } from "./layer.ts";
import { kernelOperator, needsMedian, operatorOf, type Operator } from "./operators.ts";
import type { CheckedOptions } from "./compare-options.ts";
import { planFor } from "./plan-for.ts";
import type { Reader } from "./reader.ts";
import type { Reading } from "./readings.ts";
import { factsOf, Representation } from "./representation.ts";

export type PooledOptions = Omit<CheckedOptions, "metrics" | "kernels">;

/** The rows of both layers, those of the first before those of the second. */
function pooled(a: Representation, b: Representation): Representation {
  const joined = new Float64Array((a.samples + b.samples) * a.features);
  joined.set(a.toFloat64Array());
  joined.set(b.toFloat64Array(), a.samples * a.features);
  return Representation.fromArray(joined, [a.samples + b.samples, a.features], {
    name: `${a.name} and ${b.name}`,
    take: true,
  });
}

/** n×1: `first` for the rows of the first layer, `second` for those of the second. */
function labels(a: number, b: number, first: number, second: number): Representation {
  const data = new Float64Array(a + b).fill(first, 0, a).fill(second, a);
  return Representation.fromArray(data, [a + b, 1], { name: "labels", take: true });
}

/** MMD² of the linear kernel: ‖m_1 − m_2‖², and what the diagonals add to it taken off for the unbiased estimate. */
function linearMmd2(a: Representation, b: Representation, unbiased: boolean): number {
  const [first, second] = [factsOf(a), factsOf(b)];
  const means = first.mean.reduce((sum, m, j) => sum + (m - second.mean[j]!) ** 2, 0);
  if (!unbiased) return means;
  const diagonal = ({ scatter }: { scatter: number }, n: number): number => scatter / (n * (n - 1));
  return means - diagonal(first, a.samples) - diagonal(second, b.samples);
}

/**
 * MMD² as inner products of the pooled kernel with the operators of labels: yᵀKy = ⟨K, yyᵀ⟩ with y = 1/n_1 and −1/n_2 is the
 * V-statistic.
 */
async function kernelMmd2(
  a: Representation,
  b: Representation,
  kernel: Kernel,
  unbiased: boolean,
  options: PooledOptions,
): Promise<Outcome> {
  const both = pooled(a, b);
  const medians = new Map<Layer, MedianDistance>();
  const { threads, seed, signal } = options;
  if (needsMedian(kernel)) {
    const [median] = await medianDistances([both], { seed, threads, ...(signal === undefined ? {} : { signal }) });
    medians.set(both, median!);
  }
  const [n, m] = [a.samples, b.samples];
  const operators: Operator[] = [];
  for (const operator of [
    kernelOperator(both, kernel, medians.get(both)),
    ...[labels(n, m, 1 / n, -1 / m), labels(n, m, 1, 0), labels(n, m, 0, 1)].map((layer) =>
      operatorOf(layer, { make: "kernel", kernel: linear() }, medians, new Factors()),
    ),
  ]) {
    if ("reason" in operator) return operator;
    operators.push(operator);
  }
  const input: EngineInput = {
    samples: n + m,
    groups: [operators],
    pairs: Uint32Array.of(0, 0, 0, 1, 0, 2, 0, 3, 1, 1, 2, 2, 3, 3),
    neighbours: null,
  };
  const plan = planFor(
    input,
    { ...options, metrics: [], kernels: null, space: "gram", onProgress: undefined },
    {
      estimators: new Set(["biased"]),
      held: 0,
    },
  );
  const table = (await runEngine(input, plan, { seed, signal })).table!;
  const biased = table.inner(0, 1) * table.unit(0, 1);
  if (!unbiased) return { value: Math.max(0, biased) };
  // Within a sample, the mean over i ≠ j stands in for the mean over all i, j.
  const correction = (label: number, count: number): number => {
    const off = table.offDiagonalInner(0, label) * table.unit(0, label);
    const all = table.inner(0, label) * table.unit(0, label);
    return off / (count * (count - 1)) - all / count ** 2;
  };
  return { value: biased + correction(2, n) + correction(3, m) };
}

/** MMD² of two layers of one width; they may differ in their numbers of rows. */
export async function pooledOutcome(
  a: Layer,
  b: Layer,
  kernel: Kernel,
  variant: string | null,
  options: PooledOptions,
): Promise<Outcome> {
  for (const layer of [a, b]) {
    if (!(layer instanceof Representation)) return { reason: `${layer.name} is a Gram matrix: it has no features` };
  }
  const [first, second] = [a as Representation, b as Representation];
  if (first.features !== second.features) {
    return { reason: `layers of ${first.features} and ${second.features} features do not live in one space` };
  }
  const unbiased = variant === "unbiased";
  if (kernel.kind === "linear") return { value: linearMmd2(first, second, unbiased) };
  return await kernelMmd2(first, second, kernel, unbiased, options);
}

/** The pooled metrics of all pairs, one small engine run each. */
export async function readPooled(
  readings: readonly Reading<PooledMetric>[],
  sides: { readonly layers: readonly Layer[]; readonly rows: readonly number[]; readonly columns: readonly number[] },
  options: PooledOptions,
): Promise<Map<Reading, Reader>> {
  const breathe = breaths();
  const readers = new Map<Reading, Reader>();
  const { layers, rows, columns } = sides;
  const key = (a: number, b: number): number => Math.min(a, b) * layers.length + Math.max(a, b);
  let done = 0;
  const wanted = new Set(rows.flatMap((row) => columns.map((column) => key(row, column))));
  for (const reading of readings) {
    const { choice, kernel } = reading;
    const outcomes = new Map<number, Outcome>();
    for (const pair of wanted) {
      options.signal?.throwIfAborted();
      const [a, b] = [Math.floor(pair / layers.length), pair % layers.length];
      outcomes.set(pair, await pooledOutcome(layers[a]!, layers[b]!, kernel!, choice.variant, options));
      done += 1;
      options.onProgress?.({ phase: "pooled", done, total: wanted.size * readings.length });
      await breathe();
    }
    readers.set(reading, (row, column) => outcomes.get(key(row, column))!);
  }
  return readers;
}
