import type { FactorDemand } from "./factors.ts";
import type { Factors } from "./layer-factor.ts";
import { describeKernel } from "./kernels/describe.ts";
import type { Kernel } from "./kernels/kernel.ts";
import { linear } from "./kernels/linear.ts";
import { LayerPairs } from "./layer-pairs.ts";
import { emptyElements } from "./matrix/typed-array.ts";
import type { LayerSpectrum, SpectrumMetric, SpectrumReading } from "./metrics/metric.ts";
import { native, type NativeMatrix, type NativePairSpectraResult } from "./native.ts";
import type { Layer } from "./layer.ts";
import { phaseJob, type PhaseOptions } from "./phase-job.ts";
import { isBackward, type Reader } from "./reader.ts";
import type { Reading } from "./readings.ts";

type SpectraReading = Reading<SpectrumMetric>;

const kernelOf = (reading: SpectraReading): Kernel => reading.kernel ?? linear();
const lookOf = ({ metric, choice }: SpectraReading): SpectrumReading => metric.reading(choice);

/** What the readings want of the layers' factorisations. */
export function demandSpectra(demand: FactorDemand, readings: readonly SpectraReading[]): void {
  for (const reading of readings) {
    const { side, what, exact = false } = lookOf(reading);
    const outputs = [side === "features" ? ("right" as const) : ("basis" as const)];
    const key = { kernel: kernelOf(reading), centred: true };
    demand.add(key, what === "weighted" ? [...outputs, "right"] : outputs, { spectrum: true, exact });
  }
}

const withoutFeatures = (layer: Layer): { readonly reason: string } => ({
  reason: `${layer.name} is a Gram matrix: it has no features`,
});

/**
 * L = UᵀX = diag(σ)Vᵀ, rank×d: how much each feature takes part in each left singular vector. A Gram matrix, which has no features, gets a
 * column of zeros: nothing is weighted by it, but other layers' weights may be asked for beside it.
 */
function loadings(spectrum: LayerSpectrum, right: NativeMatrix | null): NativeMatrix {
  const { rank, eigenvalues } = spectrum;
  if (right === null) return { data: new Float64Array(rank), dtype: "f64", rows: rank, cols: 1 };
  const { rows, cols, data, dtype } = right;
  const own = emptyElements(dtype, rank * rows);
  for (let i = 0; i < rank; i += 1) {
    const sigma = Math.sqrt(eigenvalues[i]!);
    for (let j = 0; j < rows; j += 1) own[i * rows + j] = sigma * data[j * cols + i]!;
  }
  return { data: own, dtype, rows: rank, cols: rows };
}

interface Entry {
  readonly layer: number;
  readonly spectrum: LayerSpectrum;
  readonly basis: NativeMatrix;
  readonly right: NativeMatrix | null;
}

/** Readings that look at the same products U_aᵀU_b. */
interface Batch {
  readonly kernel: Kernel;
  readonly side: SpectrumReading["side"];
  readonly readings: SpectraReading[];
}

function batchesOf(readings: readonly SpectraReading[]): Batch[] {
  const batches = new Map<string, Batch>();
  for (const reading of readings) {
    const { side } = lookOf(reading);
    const key = `${side} of ${describeKernel(kernelOf(reading))}`;
    const batch = batches.get(key) ?? { kernel: kernelOf(reading), side, readings: [] };
    batch.readings.push(reading);
    batches.set(key, batch);
  }
  return [...batches.values()];
}

interface Sides {
  readonly layers: readonly Layer[];
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

async function runBatch(
  batch: Batch,
  { layers, rows, columns }: Sides,
  factors: Factors,
  options: PhaseOptions,
): Promise<Map<SpectraReading, Reader>> {
  const { kernel, side } = batch;
  const weighted = batch.readings.some((reading) => lookOf(reading).what === "weighted");
  const entries: Entry[] = [];
  const places = new Map<number, number>();
  const reasons = new Map<number, { readonly reason: string }>();
  for (const [layer, representation] of layers.entries()) {
    const factor = factors.ranked(representation, { kernel, centred: true });
    if ("reason" in factor) reasons.set(layer, factor);
    else if (side === "features" && factor.spectrum.features === 0) reasons.set(layer, withoutFeatures(representation));
    else {
      const withRight = (side === "features" || weighted) && factor.spectrum.features > 0;
      const right = withRight ? factor.output("right").matrix : null;
      const basis = side === "features" ? right! : factor.output("basis").matrix;
      places.set(layer, entries.push({ layer, spectrum: factor.spectrum, basis, right }) - 1);
    }
  }
  // Looks with equal weights share a job's reading.
  const looks = new Map<string, SpectrumReading>();
  const lookKey = ({ what, scaling }: SpectrumReading): string => `${what} ${scaling.key}`;
  for (const reading of batch.readings) looks.set(lookKey(lookOf(reading)), lookOf(reading));

  // Between features, only layers of one width have products.
  const widths = side === "features" ? [...new Set(entries.map(({ spectrum }) => spectrum.features))] : [null];
  const found = new Map<number | null, { readonly pairs: LayerPairs; readonly readings: readonly Float64Array[] }>();
  for (const width of widths) {
    const members = entries.filter(({ spectrum }) => width === null || spectrum.features === width);
    const local = new Map(members.map(({ layer }, i) => [layer, i]));
    const pairs = new LayerPairs(rows, columns, local);
    if (pairs.count === 0) continue;
    const { readings } = await phaseJob<NativePairSpectraResult>("spectra", options, (progress, done) =>
      native().pairSpectraJob(
        {
          bases: members.map(({ basis }) => basis),
          ranks: Uint32Array.from(members, ({ spectrum }) => spectrum.rank),
          pairs: pairs.flat,
          readings: [...looks.values()].map(({ what, scaling }) => ({
            what,
            weights: members.map(({ spectrum }) => scaling.weights(spectrum)),
            ...(what === "weighted"
              ? { loadings: members.map(({ spectrum, right }) => loadings(spectrum, right)) }
              : {}),
          })),
          threads: options.threads,
        },
        progress,
        done,
      ),
    );
    found.set(width, { pairs, readings });
  }

  const lookNames = [...looks.keys()];
  const spectrumOf = (layer: number): LayerSpectrum => entries[places.get(layer)!]!.spectrum;
  return new Map(
    batch.readings.map((reading) => {
      const { metric, choice } = reading;
      const look = lookNames.indexOf(lookKey(lookOf(reading)));
      const what = lookOf(reading).what;
      const backward = isBackward(metric, choice);
      const reader: Reader = (row, column) => {
        const [from, to] = backward ? [column, row] : [row, column];
        const missing = reasons.get(from) ?? reasons.get(to);
        if (missing !== undefined) return missing;
        const [a, b] = [spectrumOf(from), spectrumOf(to)];
        if (side === "features" && a.features !== b.features) {
          return { reason: `layers of ${a.features} and ${b.features} features do not live in one space` };
        }
        if (what === "weighted" && a.features === 0) return withoutFeatures(layers[from]!);
        const { pairs, readings } = found.get(side === "features" ? a.features : null)!;
        const { pair, swapped } = pairs.find(from, to)!;
        const values = readings[look]!;
        return metric.evaluate(numbersOf(values, what, pair, pairs.count, swapped), a, b, choice);
      };
      return [reading, reader];
    }),
  );
}

/** The numbers of one pair: its singular values without the padding, or its one number, for `weighted` that of the side asked from. */
function numbersOf(
  values: Float64Array,
  what: SpectrumReading["what"],
  pair: number,
  count: number,
  swapped: boolean,
): Float64Array {
  const width = values.length / count;
  const own = values.subarray(pair * width, (pair + 1) * width);
  if (what === "weighted") return own.subarray(swapped ? 1 : 0, swapped ? 2 : 1);
  if (what !== "values") return own;
  const end = own.findIndex(Number.isNaN);
  return end < 0 ? own : own.subarray(0, end);
}

/** Singular values of products of bases, pair by pair, for all metrics that are functions of them. */
export async function readSpectra(
  readings: readonly SpectraReading[],
  sides: Sides,
  factors: Factors,
  options: PhaseOptions,
): Promise<Map<Reading, Reader>> {
  const readers = new Map<Reading, Reader>();
  for (const batch of batchesOf(readings)) {
    for (const [reading, reader] of await runBatch(batch, sides, factors, options)) readers.set(reading, reader);
  }
  return readers;
}
