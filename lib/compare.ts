import { checkCompareOptions, type CheckedOptions, type CompareOptions } from "./compare-options.ts";
import { expected } from "./check.ts";
import { Comparison } from "./comparison.ts";
import { type EngineInput, runEngine } from "./engine.ts";
import { ArgumentError, SystemError } from "./errors.ts";
import { evaluate } from "./evaluate.ts";
import { factorBytes, FactorDemand, runFactors } from "./factors.ts";
import { GramMatrix } from "./gram-matrix.ts";
import { describeKernel } from "./kernels/describe.ts";
import type { Kernel } from "./kernels/kernel.ts";
import type { MedianDistance } from "./kernels/median.ts";
import type { Layer } from "./layer.ts";
import { summarise } from "./layer-summary.ts";
import { medianDistances } from "./median.ts";
import { nameOf } from "./metrics/request.ts";
import { countOf, readNeighbours } from "./neighbours.ts";
import { OperatorSet } from "./operator-set.ts";
import { factorOf, needsMedian, operatorOf } from "./operators.ts";
import type { Plan } from "./plan.ts";
import { type Compared, permutationTests } from "./permutation-tests.ts";
import { planFor, precisionOf } from "./plan-for.ts";
import { readPooled } from "./pooled.ts";
import { readRanks } from "./ranks.ts";
import type { Reader } from "./reader.ts";
import { readingsFrom, type Reading, readingsOf } from "./readings.ts";
import { Representation } from "./representation.ts";
import { sharingProducts } from "./shared-products.ts";
import type { MetricMatrix } from "./result.ts";
import { sampleIntervals } from "./sample-intervals.ts";
import { demandSpectra, readSpectra } from "./spectra.ts";
import { stopwatch } from "./stopwatch.ts";
import { estimatorsOf, pairsOf, requestsOf, tableReader } from "./tables.ts";
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

/** The medians for people and programs to read in the result's options. */
function toldMedians(layers: readonly Layer[], medians: ReadonlyMap<Layer, MedianDistance>): object[] {
  return layers.flatMap((layer) => {
    const median = medians.get(layer);
    return median === undefined ? [] : [{ layer: layer.name, source: layer.source, ...median }];
  });
}

async function findMedians(
  layers: readonly Layer[],
  kernels: readonly Kernel[],
  options: CheckedOptions,
): Promise<Map<Layer, MedianDistance>> {
  if (!kernels.some(needsMedian)) return new Map();
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

/** The kernels that take part, each once. */
function kernelsOf(readings: readonly Reading[]): Kernel[] {
  const kernels = readings.flatMap(({ kernel }) => (kernel === null ? [] : [kernel]));
  return [...new Map(kernels.map((kernel) => [describeKernel(kernel), kernel])).values()];
}

interface Sides {
  readonly layers: readonly Layer[];
  /** Indices into `layers`. */
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

/** Every stage that the readings need, each once for all of them, and a reader for each reading. */
async function readAll(
  readings: readonly Reading[],
  sides: Sides,
  medians: ReadonlyMap<Layer, MedianDistance>,
  options: CheckedOptions,
): Promise<{ readers: Map<Reading, Reader>; compared: Compared; plan: Plan; timings: Record<string, number> }> {
  const { layers, rows, columns } = sides;
  const samples = layers[0]!.samples;
  const precision = options.precision === "auto" ? precisionOf(layers) : options.precision;
  const watch = stopwatch();
  const tableReadings = readingsFrom(readings, "operators");
  const spectraReadings = readingsFrom(readings, "spectra");
  const neighbourReadings = readingsFrom(readings, "neighbours");

  const demand = new FactorDemand();
  demandSpectra(demand, spectraReadings);
  for (const request of tableReadings.flatMap(requestsOf)) {
    const factor = factorOf(request);
    if (factor !== null) demand.add(factor, [factor.output]);
  }
  const held = factorBytes(demand, layers, precision);
  if (held > options.memoryLimit) {
    throw new SystemError(
      "MEMORY_LIMIT",
      `Expected a memoryLimit of more than ${held} bytes for the factorisations of ${layers.length} layers on ${samples} samples ` +
        `but received ${options.memoryLimit}: fewer layers at a time, a metric without factorisations or a larger limit would fit.`,
      { needed: held, limit: options.memoryLimit },
    );
  }
  const factors = await runFactors(demand, layers, medians, precision, options);
  watch.lap("factors");

  const neighbourRequests = neighbourReadings.map(({ kernel }) => ({ make: "kernel" as const, kernel: kernel! }));
  const set = new OperatorSet(layers, tableReadings.map(requestsOf), neighbourRequests, (layer, request) =>
    operatorOf(layer, request, medians, factors),
  );
  const listed = neighbourRequests.flatMap((request) => layers.map((_, layer) => set.place(request, layer)));
  const operators = Uint32Array.from(new Set(listed.flatMap((place) => ("operator" in place ? [place.operator] : []))));
  const count = Math.max(0, ...neighbourReadings.map((reading) => countOf(reading, samples)));
  const asked: EngineInput = {
    samples,
    groups: set.groups,
    pairs: pairsOf(tableReadings, set, rows, columns),
    neighbours: operators.length === 0 || count === 0 ? null : { operators, count },
  };
  const plan = planFor(asked, options, { estimators: estimatorsOf(tableReadings), held });
  const input =
    plan.space === "feature" ? asked : { ...asked, groups: asked.groups.map((group) => group.map(sharingProducts)) };
  const tables = await runEngine(input, plan, options);
  watch.lap("engine");

  const readers = new Map<Reading, Reader>();
  for (const reading of tableReadings) {
    readers.set(reading, tableReader(reading, set, tables, { samples }, plan.precision, options.normalization));
  }
  const add = (found: ReadonlyMap<Reading, Reader>): void => {
    for (const [reading, reader] of found) readers.set(reading, reader);
  };
  const counted = { layers: layers.length, rows, columns };
  add(await readNeighbours(neighbourReadings, counted, samples, set, tables.neighbours, options));
  watch.lap("neighbours");
  add(await readSpectra(spectraReadings, sides, factors, options));
  watch.lap("spectra");
  add(await readRanks(readingsFrom(readings, "ranks"), sides, precision, options));
  watch.lap("ranks");
  add(await readPooled(readingsFrom(readings, "pooled"), sides, options));
  watch.lap("pooled");
  return { readers, compared: { set, input, tables, rows, columns }, plan, timings: watch.laps };
}

/** The matrices with the permutation tests and intervals that were asked for. */
async function withResampling(
  found: ReadonlyMap<Reading, MetricMatrix>,
  compared: Compared,
  precision: "f32" | "f64",
  options: CheckedOptions,
): Promise<MetricMatrix[]> {
  const { permutations, intervals: asked } = options;
  const settings = { ...options, precision };
  const tests = permutations > 0 ? await permutationTests(found, compared, settings) : null;
  const intervals = asked === null ? null : await sampleIntervals(found, compared, asked, settings);
  return [...found].map(([reading, matrix]) => ({
    ...matrix,
    test: tests?.get(reading) ?? null,
    intervals: intervals?.get(reading) ?? null,
  }));
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

  const readings = readingsOf(checked.metrics, checked.kernels);
  const watch = stopwatch();
  const medians = await findMedians(layers, kernelsOf(readings), checked);
  watch.lap("medians");
  const index = new Map(layers.map((layer, i) => [layer, i]));
  const sides: Sides = {
    layers,
    rows: rowLayers.map((layer) => index.get(layer)!),
    columns: columnLayers.map((layer) => index.get(layer)!),
  };
  const { readers, compared, plan, timings } = await readAll(readings, sides, medians, checked);

  const lastly = stopwatch();
  const found = new Map<Reading, MetricMatrix>();
  for (const reading of readings) {
    const { rows: of, columns: to } = sides;
    found.set(
      reading,
      await evaluate(reading, readers.get(reading)!, { samples, rows: of, columns: to, signal: checked.signal }),
    );
  }
  lastly.lap("metrics");
  const matrices = await withResampling(found, compared, plan.precision, checked);
  lastly.lap("resampling");
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
      ...watch.laps,
      ...timings,
      ...lastly.laps,
      total: finished - started,
    },
    options: {
      metrics: [...new Set(checked.metrics.map(nameOf))],
      kernels: kernelsOf(readings).map(describeKernel),
      batch: checked.batch,
      seed: checked.seed,
      normalization: checked.normalization,
      ...(checked.permutations === 0 ? {} : { permutations: checked.permutations, quantile: checked.quantile }),
      ...(checked.intervals === null ? {} : { intervals: checked.intervals }),
      precision: checked.precision,
      space: checked.space,
      threads: checked.threads,
      ...(Number.isFinite(checked.memoryLimit) ? { memoryLimit: checked.memoryLimit } : {}),
      ...(medians.size === 0 ? {} : { medianDistances: toldMedians(layers, medians) }),
    },
    kernels: kernelsOf(readings),
  });
}
