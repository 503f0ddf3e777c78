import type { DType } from "./dtype.ts";
import type { MedianDistance } from "./kernels/median.ts";
import { emptyElements } from "./matrix/typed-array.ts";
import { native, type NativeFactorRequest, type NativeFactorResult, type NativeMatrix } from "./native.ts";
import {
  type FactorKey,
  type FactorMatrix,
  type FactorOutput,
  Factors,
  type LayerFactor,
  nameOfFactor,
} from "./layer-factor.ts";
import type { Layer } from "./layer.ts";
import { kernelOperator, type Operator } from "./operators.ts";
import { phaseJob, type PhaseOptions } from "./phase-job.ts";
import { factsOf, Representation } from "./representation.ts";

/** What is wanted of the factorisations under one kernel. */
interface Wanted extends FactorKey {
  readonly outputs: ReadonlySet<FactorOutput>;
  readonly spectrum: boolean;
  /** Whether the matrices have to be f64 whatever the tiles are. */
  readonly exact: boolean;
}

/** Gathers what all metrics want of factorisations, so that each layer has one for each kernel. */
export class FactorDemand {
  readonly #wanted = new Map<string, Wanted>();

  add(key: FactorKey, outputs: readonly FactorOutput[], { spectrum = false, exact = false } = {}): void {
    const name = nameOfFactor(key);
    const before = this.#wanted.get(name);
    this.#wanted.set(name, {
      kernel: key.kernel,
      centred: key.centred,
      outputs: new Set([...(before?.outputs ?? []), ...outputs]),
      spectrum: spectrum || (before?.spectrum ?? false),
      exact: exact || (before?.exact ?? false),
    });
  }

  entries(): readonly Wanted[] {
    return [...this.#wanted.values()];
  }
}

/** Hat matrices are read in tiles, so they have the tiles' type; what pairs of layers are compared by may have to be exact. */
function dtypeOf(output: FactorOutput, { exact }: Wanted, precision: "f32" | "f64"): "f32" | "f64" {
  return exact && (output === "basis" || output === "right") ? "f64" : precision;
}

/** What pivoted Cholesky may leave of the trace of a non-linear kernel, by the type of the tiles. */
export const factorTolerance = { f64: 1e-14, f32: 1e-9 } as const;

/** Columns that a factor of the layer may need. */
function columnsOf(operator: Operator): number {
  const { samples } = operator.layer;
  return operator.width !== null && operator.map.map === "linear" ? Math.min(samples, operator.width) : samples;
}

/** Bytes that the factorisations of these layers keep. */
export function factorBytes(demand: FactorDemand, layers: readonly Layer[], precision: "f32" | "f64"): number {
  let total = 0;
  for (const wanted of demand.entries()) {
    const { kernel, outputs } = wanted;
    for (const layer of layers) {
      const width = layer instanceof Representation ? layer.features : null;
      const linear = kernel.kind === "linear" || kernel.kind === "cosine";
      const columns = width !== null && linear ? Math.min(layer.samples, width) : layer.samples;
      for (const output of outputs) {
        const each = dtypeOf(output, wanted, precision) === "f64" ? 8 : 4;
        total += each * columns * (output === "right" ? (width ?? 0) : layer.samples);
      }
    }
  }
  return total;
}

interface Pending {
  readonly layer: Layer;
  readonly key: FactorKey;
  readonly request: NativeFactorRequest;
  readonly outputs: ReadonlyMap<FactorOutput, FactorMatrix>;
}

function emptyMatrix(dtype: DType, rows: number, cols: number): NativeMatrix {
  return { data: emptyElements(dtype, rows * cols), dtype, rows, cols };
}

function pendingFor(layer: Layer, wanted: Wanted, operator: Operator, precision: "f32" | "f64"): Pending {
  const columns = columnsOf(operator);
  const { centred } = wanted;
  const outputs = new Map<FactorOutput, FactorMatrix>();
  for (const kind of wanted.outputs) {
    const rows = kind === "right" ? (operator.width ?? 0) : layer.samples;
    // A Gram matrix has no features, so no right singular vectors.
    if (rows === 0) continue;
    outputs.set(kind, {
      matrix: emptyMatrix(dtypeOf(kind, wanted, precision), rows, columns),
      leverages: new Float64Array(rows),
      uncentred: centred ? null : { means: new Float64Array(columns), onesResidual: new Float64Array(rows) },
    });
  }
  const request: NativeFactorRequest = {
    source: operator.source,
    map: operator.map,
    centred,
    tolerance: factorTolerance[wanted.exact ? "f64" : precision],
    eigenvalues: wanted.spectrum,
    outputs: [...outputs].map(([kind, { matrix, leverages, uncentred }]) => {
      if (kind === "right") return { kind, matrix };
      const [name, kappa] = kind.split(":") as ["basis" | "projector" | "ridge" | "explained", string?];
      return { kind: name, matrix, leverages, ...uncentred, ...(kappa === undefined ? {} : { kappa: Number(kappa) }) };
    }),
  };
  return { layer, key: wanted, request, outputs };
}

function factorOf(pending: Pending, found: NativeFactorResult): LayerFactor | { readonly reason: string } {
  const { layer } = pending;
  if (found.indefinite < 0) {
    return {
      reason: `the kernel matrix of ${layer.name} is not positive semidefinite: its least eigenvalue is ${found.indefinite}`,
    };
  }
  return {
    route: found.route,
    spectrum: {
      samples: layer.samples,
      features: layer instanceof Representation ? layer.features : 0,
      rank: found.rank,
      eigenvalues: found.eigenvalues,
      trace: found.trace,
      mean: layer instanceof Representation ? factsOf(layer).mean : new Float64Array(0),
    },
    output: (kind) => {
      const output = pending.outputs.get(kind);
      if (output === undefined) throw new Error(`the factor's ${kind} was not asked for`);
      return output;
    },
  };
}

/** One factorisation for each layer and kernel, all in one job. */
export async function runFactors(
  demand: FactorDemand,
  layers: readonly Layer[],
  medians: ReadonlyMap<Layer, MedianDistance>,
  precision: "f32" | "f64",
  options: PhaseOptions,
): Promise<Factors> {
  const factors = new Factors();
  const pending: Pending[] = [];
  for (const wanted of demand.entries()) {
    const { kernel } = wanted;
    for (const layer of layers) {
      const operator = kernelOperator(layer, kernel, medians.get(layer));
      if ("reason" in operator) factors.set(layer, wanted, operator);
      else pending.push(pendingFor(layer, wanted, operator, precision));
    }
  }
  if (pending.length === 0) return factors;
  const found = await phaseJob<NativeFactorResult[]>("factors", options, (progress, done) =>
    native().factorJob(
      pending.map(({ request }) => request),
      options.threads,
      progress,
      done,
    ),
  );
  for (const [i, entry] of pending.entries()) factors.set(entry.layer, entry.key, factorOf(entry, found[i]!));
  return factors;
}
