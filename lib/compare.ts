import { checkCompareOptions, type CheckedOptions, type CompareOptions } from "./compare-options.ts";
import { expected } from "./check.ts";
import { Comparison } from "./comparison.ts";
import { type EngineInput, runEngine } from "./engine.ts";
import { ArgumentError } from "./errors.ts";
import { evaluate, type Place } from "./evaluate.ts";
import { GramMatrix } from "./gram-matrix.ts";
import { describeKernel } from "./kernels/describe.ts";
import type { Kernel } from "./kernels/kernel.ts";
import type { MedianDistance } from "./kernels/median.ts";
import { summarise } from "./layer-summary.ts";
import { medianDistances } from "./median.ts";
import { type Layer, needsMedian, type Operator, operatorOf } from "./operators.ts";
import { planFor } from "./plan-for.ts";
import { Representation } from "./representation.ts";
import { biasWarning, sampledMedianWarning } from "./warnings.ts";

function checkLayers(value: unknown, name: string): Layer[] {
  if (!Array.isArray(value) || value.length === 0) throw expected("a non-empty array of representations", name, value);
  for (const [i, layer] of value.entries()) {
    if (!(layer instanceof Representation || layer instanceof GramMatrix)) {
      throw expected("a Representation or a GramMatrix", `${name}[${i}]`, layer);
    }
  }
  return value as Layer[];
}

function checkSamples(layers: readonly Layer[]): number {
  const first = layers[0]!;
  const other = layers.find((layer) => layer.samples !== first.samples);
  if (other !== undefined) {
    throw new ArgumentError(
      "SHAPE_MISMATCH",
      `Expected the same samples, row for row, in every layer but received ${String(first)} and ${String(other)}.`,
      { first: first.samples, other: other.samples },
    );
  }
  return first.samples;
}

/** One kernel's operators, and where each layer stands among them. */
interface Group {
  readonly kernel: Kernel;
  readonly operators: Operator[];
  readonly places: Map<Layer, Place>;
}

function groupOf(
  kernel: Kernel,
  layers: readonly Layer[],
  medians: ReadonlyMap<Layer, MedianDistance>,
  from: number,
): Group {
  const operators: Operator[] = [];
  const places = new Map<Layer, Place>();
  for (const layer of layers) {
    const operator = operatorOf(layer, kernel, medians.get(layer));
    places.set(layer, "reason" in operator ? operator : { operator: from + operators.push(operator) - 1 });
  }
  return { kernel, operators, places };
}

/** The pairs that the metrics read: every row with every column, and each layer with itself. Indices are within the group. */
function pairsOf(group: Group, rows: readonly Layer[], columns: readonly Layer[], from: number): [number, number][] {
  const index = (layer: Layer): number | null => {
    const place = group.places.get(layer)!;
    return "reason" in place ? null : place.operator - from;
  };
  const pairs = new Map<number, [number, number]>();
  const add = (a: number, b: number): void => {
    const [low, high] = a < b ? [a, b] : [b, a];
    pairs.set(low * group.operators.length + high, [low, high]);
  };
  for (let k = 0; k < group.operators.length; k += 1) add(k, k);
  for (const row of rows) {
    for (const column of columns) {
      const a = index(row);
      const b = index(column);
      if (a !== null && b !== null) add(a, b);
    }
  }
  return [...pairs.values()];
}

/** The medians for people and programs to read in the result's options. */
function toldMedians(layers: readonly Layer[], medians: ReadonlyMap<Layer, MedianDistance>): object[] {
  return layers.flatMap((layer) => {
    const median = medians.get(layer);
    return median === undefined ? [] : [{ layer: layer.name, source: layer.source, ...median }];
  });
}

async function findMedians(layers: readonly Layer[], options: CheckedOptions): Promise<Map<Layer, MedianDistance>> {
  if (!options.kernels.some(needsMedian)) return new Map();
  const representations = layers.filter((layer) => layer instanceof Representation);
  const { seed, threads, signal, onProgress } = options;
  const medians = await medianDistances(representations, {
    seed,
    threads,
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined
      ? {}
      : { onProgress: (done: number, total: number) => onProgress({ phase: "medians", done, total }) }),
  });
  return new Map(representations.map((layer, i) => [layer, medians[i]!]));
}

/**
 * Compares every row layer with every column layer under every metric and kernel, in one pass of the engine.
 *
 * Layers are {@link Representation}s (n×d, widths may differ) or {@link GramMatrix}es (n×n) of the same n samples, row for row. Without
 * `columns`, the rows are compared with each other. The event loop stays free: the work runs on the package's own threads, and the
 * numbers do not depend on how many.
 *
 * A number that does not exist for a pair (a constant layer, too few samples, …) has a status and a reason in its cell and NaN for a
 * value; the others are not touched by it. Debiased estimates may be negative and are not clamped.
 *
 * Source: Insulla, Huang and Rosasco 2025, "Towards a Learning Theory of Representation Alignment", section 3.
 *
 * @throws ArgumentError with code INVALID_ARGUMENT or SHAPE_MISMATCH (layers of different length).
 * @throws SystemError with code MEMORY_LIMIT when the work does not fit in `memoryLimit`.
 * @throws The signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { compare, Representation } from "gramian";
 * const a = await Representation.loadAll("examples/mnist/mlp-a.safetensors");
 * const b = await Representation.loadAll("examples/mnist/cnn.safetensors");
 * const result = await compare(a, b, { metrics: ["cka", "cka.debiased"] });
 * console.log(result.get("cka.debiased", "relu2", "fc1").value.toFixed(3));
 * console.log(result.plan.space, result.records().length);
 * ```
 */
export async function compare(
  rows: readonly Layer[],
  columns?: readonly Layer[],
  options?: CompareOptions,
): Promise<Comparison> {
  const started = performance.now();
  const checked = checkCompareOptions(options, "compare(options)");
  const rowLayers = checkLayers(rows, "rows");
  const columnLayers = columns === undefined ? rowLayers : checkLayers(columns, "columns");
  const layers = [...new Set([...rowLayers, ...columnLayers])];
  const samples = checkSamples(layers);
  checked.signal?.throwIfAborted();

  const medians = await findMedians(layers, checked);
  const mediansFound = performance.now();

  const groups: Group[] = [];
  let operatorCount = 0;
  for (const kernel of checked.kernels) {
    const group = groupOf(kernel, layers, medians, operatorCount);
    groups.push(group);
    operatorCount += group.operators.length;
  }
  let from = 0;
  const pairs = groups.map((group) => {
    const found = pairsOf(group, rowLayers, columnLayers, from);
    from += group.operators.length;
    return found;
  });
  const input: EngineInput = { samples, groups: groups.map((group) => group.operators), pairs };
  const plan = planFor(input, checked);
  const tables = await runEngine(input, plan, checked);
  const computed = performance.now();

  const matrices = [];
  for (const group of groups) {
    const place = (layer: Layer): Place => group.places.get(layer)!;
    const [rowPlaces, columnPlaces] = [rowLayers.map(place), columnLayers.map(place)];
    for (const metric of checked.metrics) {
      const { normalization, signal } = checked;
      const context = { tables, samples, precision: plan.precision, normalization, signal };
      matrices.push(await evaluate(context, metric, group.kernel, rowPlaces, columnPlaces));
    }
  }
  const rowSummaries = rowLayers.map(summarise);
  const columnSummaries = columns === undefined ? rowSummaries : columnLayers.map(summarise);
  const finished = performance.now();
  return new Comparison({
    samples,
    symmetric: columns === undefined,
    rows: rowSummaries,
    columns: columnSummaries,
    matrices,
    warnings: [
      ...biasWarning(samples, rowSummaries, columnSummaries, checked.metrics),
      ...sampledMedianWarning([...medians.values()]),
    ],
    plan,
    timings: {
      medians: mediansFound - started,
      engine: computed - mediansFound,
      metrics: finished - computed,
      total: finished - started,
    },
    options: {
      metrics: checked.metrics.map(({ metric, estimator }) =>
        estimator === null ? metric.id : `${metric.id}.${estimator}`,
      ),
      kernels: checked.kernels.map(describeKernel),
      batch: checked.batch,
      seed: checked.seed,
      normalization: checked.normalization,
      precision: checked.precision,
      space: checked.space,
      threads: checked.threads,
      ...(Number.isFinite(checked.memoryLimit) ? { memoryLimit: checked.memoryLimit } : {}),
      ...(medians.size === 0 ? {} : { medianDistances: toldMedians(layers, medians) }),
    },
    kernels: checked.kernels,
  });
}
