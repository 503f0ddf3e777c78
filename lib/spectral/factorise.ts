import type { DType } from "../dtype.ts";
import type { MedianDistance } from "../kernels/median.ts";
import type { Layer } from "../layer.ts";
import { emptyElements } from "../matrix/typed-array.ts";
import { native, type NativeFactorRequest, type NativeFactorResult, type NativeMatrix } from "../native.ts";
import { kernelOperator } from "../operators.ts";
import { phaseJob } from "../phase-job.ts";
import type { OnProgress } from "../progress.ts";
import type { CheckedSpectralOptions } from "./options.ts";

/** The eigenvalues of a layer's kernel matrix K̄, falling and in true units, and its eigenvectors where they were asked for. */
export interface Factorised {
  readonly rank: number;
  readonly eigenvalues: Float64Array;
  readonly trace: number;
  /** n×c; the first `rank` columns are the eigenvectors. Null where they were not asked for. */
  readonly basis: NativeMatrix | null;
}

export interface FactoriseWhat {
  readonly centred: boolean;
  readonly basis: boolean;
  /** Layers that were factorised before these, and all of them: for progress. */
  readonly counted?: { readonly before: number; readonly all: number };
}

function emptyBasis(dtype: DType, samples: number, columns: number): NativeMatrix {
  return { data: emptyElements(dtype, samples * columns), dtype, rows: samples, cols: columns };
}

function zeroReason(layer: Layer, centred: boolean): string {
  return centred
    ? `the rows of ${layer.name} are all alike, so its centred kernel matrix is 0`
    : `the kernel matrix of ${layer.name} is 0`;
}

/** One factorisation a layer, all in one job; layers that have none get the reason why. */
export async function factorise(
  layers: readonly Layer[],
  medians: ReadonlyMap<Layer, MedianDistance>,
  options: CheckedSpectralOptions,
  { centred, basis: wantsBasis, counted }: FactoriseWhat,
): Promise<(Factorised | { readonly reason: string })[]> {
  const { kernel, precision, threads, signal, onProgress } = options;
  const requests: NativeFactorRequest[] = [];
  const pending = layers.map((layer) => {
    const operator = kernelOperator(layer, kernel, medians.get(layer));
    if ("reason" in operator) return operator;
    const { samples } = layer;
    const { width, map, source } = operator;
    const columns = width !== null && map.map === "linear" ? Math.min(samples, width) : samples;
    const basis = wantsBasis ? emptyBasis(precision, samples, columns) : null;
    const outputs = basis === null ? [] : [{ kind: "basis" as const, matrix: basis }];
    // Nothing of the trace is left out but what is lost to rounding: KARE looks at the smallest eigenvalues too.
    const tolerance = 0;
    return { basis, place: requests.push({ source, map, centred, tolerance, eigenvalues: true, outputs }) - 1 };
  });
  const told: OnProgress | undefined =
    onProgress &&
    (({ phase, done, total }) =>
      onProgress({ phase, done: (counted?.before ?? 0) + done, total: counted?.all ?? total }));
  const found =
    requests.length === 0
      ? []
      : await phaseJob<NativeFactorResult[]>("factors", { signal, onProgress: told }, (progress, done) =>
          native().factorJob(requests, threads, progress, done),
        );
  return pending.map((entry, i) => {
    if ("reason" in entry) return entry;
    const layer = layers[i]!;
    const { rank, eigenvalues, trace, indefinite } = found[entry.place]!;
    if (indefinite < 0) {
      const least = `its least eigenvalue is ${indefinite}`;
      return { reason: `the kernel matrix of ${layer.name} is not positive semidefinite: ${least}` };
    }
    if (rank === 0) return { reason: zeroReason(layer, centred) };
    return { rank, eigenvalues, trace, basis: entry.basis };
  });
}
