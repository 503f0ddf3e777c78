import { runJob } from "../../lib/job.ts";
import { native, type NativeMatrix, type NativePairReading, type NativePairSpectraResult } from "../../lib/native.ts";
import type { Factor } from "./ask.ts";
import { type Features } from "../twin/features.ts";
import { leadingColumns } from "../twin/dense.ts";

/** A basis as pairSpectraJob takes one. */
export function basisMatrix(u: Features, dtype: "f64" | "f32" = "f64"): NativeMatrix {
  return { data: dtype === "f64" ? u.data.slice() : Float32Array.from(u.data), dtype, rows: u.n, cols: u.d };
}

export type Side = Pick<Factor, "rank" | "eigenvalues"> & { readonly u: Features };

/** The output of a factorisation that asked for its basis first. */
export function sideOf(found: Factor): Side {
  const [u] = found.outputs;
  if (u === undefined) throw new Error("no basis");
  return { rank: found.rank, eigenvalues: found.eigenvalues, u: leadingColumns(u, Math.max(found.rank, 1)) };
}

export async function pairReadings(
  bases: readonly NativeMatrix[],
  ranks: readonly number[],
  pairs: readonly number[],
  readings: readonly NativePairReading[],
  threads = 1,
  signal?: AbortSignal,
): Promise<Float64Array[]> {
  const spec = { bases, ranks: Uint32Array.from(ranks), pairs: Uint32Array.from(pairs), readings, threads };
  const found = await runJob<NativePairSpectraResult>(
    (progress, done) => native().pairSpectraJob(spec, progress, done),
    { signal },
  );
  return found.readings;
}

/** One reading of one pair; weights by eigenvalue index, or none. */
export async function readPair(
  a: Side,
  b: Side,
  what: "values" | "largest" | "logdet",
  weight?: (eigenvalue: number, side: Side) => number,
  counts: readonly [number, number] = [a.rank, b.rank],
): Promise<Float64Array> {
  const weights = [a, b].map((side, k) => {
    const used = counts[k] ?? side.rank;
    return Float64Array.from({ length: used }, (_, i) => weight?.(side.eigenvalues[i] ?? NaN, side) ?? 1);
  });
  const [found] = await pairReadings(
    [basisMatrix(a.u), basisMatrix(b.u)],
    [a.rank, b.rank],
    [0, 1],
    [{ what, weights }],
  );
  if (found === undefined) throw new Error("no reading");
  return found;
}

export const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
