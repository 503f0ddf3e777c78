import { runJob } from "../../lib/job.ts";
import {
  native,
  type NativeMatrix,
  type NativeRankResult,
  type NativeRankSpec,
  type NativeSource,
} from "../../lib/native.ts";
import type { Features } from "../twin/features.ts";

export type Rows = "features" | "unit" | "centred";

export function sourceOf(
  { data, n, d }: Features,
  rows: Rows = "features",
  dtype: "f32" | "f64" = "f64",
): NativeSource {
  const matrix: NativeMatrix = { data: dtype === "f32" ? Float32Array.from(data) : data, dtype, rows: n, cols: d };
  if (rows !== "features") return { kind: "unitRows", matrix, rowCentred: rows === "centred" };
  const { mean, centredNorm2, dotMean } = native().facts(matrix);
  return { kind: "features", matrix, mean, centredNorm2, dotMean };
}

/** Every pair of layers, a ≤ b. */
export const allPairs = (layers: number): (readonly [number, number])[] =>
  Array.from({ length: layers }, (_, a) => Array.from({ length: layers - a }, (__, b) => [a, a + b] as const)).flat();

export function runRanks(
  sources: readonly NativeSource[],
  options: Partial<NativeRankSpec> & { readonly signal?: AbortSignal } = {},
): Promise<NativeRankResult> {
  const { signal, ...rest } = options;
  const spec: NativeRankSpec = {
    samples: sources[0]!.matrix.rows,
    sources,
    distances: sources.map((_, source) => ({ source, kind: "euclidean" })),
    pairs: Uint32Array.from(allPairs(sources.length).flat()),
    wants: ["spearman", "kendall"],
    bins: 0,
    precision: "f64",
    threads: 2,
    ...rest,
  };
  return runJob<NativeRankResult>((progress, done) => native().rankJob(spec, progress, done), { signal });
}
