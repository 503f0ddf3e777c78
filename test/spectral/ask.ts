import { runJob } from "../../lib/job.ts";
import {
  native,
  type NativeFactorOutput,
  type NativeFactorRequest,
  type NativeFactorResult,
  type NativeMatrix,
  type NativeSource,
} from "../../lib/native.ts";
import type { Features } from "../twin/features.ts";

/** Element types that the tests hand in; f16 as bits. */
export type Narrow = "f64" | "f32" | "f16";

/** Bits of the half-precision number nearest to `value`, for values that are 0 or of size 2^−14 to 65504 (ties away from 0). */
function halfBits(value: number): number {
  if (value === 0) return 0;
  const size = Math.abs(value);
  const exponent = Math.floor(Math.log2(size));
  // Carries into the exponent by itself.
  const magnitude = ((exponent + 15) << 10) + Math.round((size / 2 ** exponent - 1) * 1024);
  return magnitude | (value < 0 ? 0x8000 : 0);
}

function halfValue(bits: number): number {
  const magnitude = bits & 0x7fff;
  const size = magnitude === 0 ? 0 : 2 ** ((magnitude >> 10) - 15) * (1 + (magnitude & 1023) / 1024);
  return bits & 0x8000 ? -size : size;
}

/** The numbers that a representation of this element type holds. */
export function rounded(x: Features, dtype: Narrow): Features {
  if (dtype === "f64") return x;
  const round = dtype === "f32" ? Math.fround : (value: number): number => halfValue(halfBits(value));
  return { ...x, data: x.data.map(round) };
}

export function matrixOf(x: Features, dtype: Narrow = "f64"): NativeMatrix {
  const { n: rows, d: cols } = x;
  switch (dtype) {
    case "f64":
      return { data: x.data.slice(), dtype, rows, cols };
    case "f32":
      return { data: Float32Array.from(x.data), dtype, rows, cols };
    case "f16":
      return { data: Uint16Array.from(x.data, halfBits), dtype, rows, cols };
  }
}

export function featuresSource(x: Features, dtype: Narrow = "f64"): NativeSource {
  const matrix = matrixOf(x, dtype);
  const { mean, centredNorm2, dotMean } = native().facts(matrix);
  return { kind: "features", matrix, mean, centredNorm2, dotMean };
}

/** An array for the job to write into, filled with what must not be left in it. */
export function room(rows: number, cols: number, dtype: "f64" | "f32" = "f64"): NativeMatrix {
  const data = dtype === "f64" ? new Float64Array(rows * cols) : new Float32Array(rows * cols);
  return { data: data.fill(NaN), dtype, rows, cols };
}

/** What stands in such an array, the first `cols` columns of it. */
export function written(matrix: NativeMatrix, cols = matrix.cols): Features {
  const data = Float64Array.from({ length: matrix.rows * cols }, (_, k) =>
    Number(matrix.data[Math.floor(k / cols) * matrix.cols + (k % cols)]),
  );
  return { data, n: matrix.rows, d: cols };
}

export interface Factor extends NativeFactorResult {
  /** One an output asked for: the whole array. */
  readonly outputs: readonly Features[];
  readonly leverages: readonly Float64Array[];
}

export interface FactorQuestion {
  readonly source: NativeSource;
  readonly map?: NativeFactorRequest["map"];
  readonly centred?: boolean;
  readonly tolerance?: number;
  readonly eigenvalues?: boolean;
  readonly outputs?: readonly { kind: NativeFactorOutput["kind"]; kappa?: number; dtype?: "f64" | "f32" }[];
}

/** The request, with arrays to write into. */
export function factorRequest(question: FactorQuestion): NativeFactorRequest {
  const { source, map = { map: "linear" }, centred = true, tolerance = 0, eigenvalues = true } = question;
  const { rows, cols } = source.matrix;
  const linear = map.map === "linear" && source.kind !== "gram";
  const outputs = (question.outputs ?? []).map(({ kind, kappa, dtype = "f64" }) => ({
    kind,
    ...(kappa === undefined ? {} : { kappa }),
    matrix: room(kind === "right" || kind === "solver" ? cols : rows, linear ? Math.min(rows, cols) : rows, dtype),
    ...(kind === "right" || kind === "solver" ? {} : { leverages: new Float64Array(rows).fill(NaN) }),
  }));
  return { source, map, centred, tolerance, eigenvalues, outputs };
}

export async function factorAll(
  questions: readonly FactorQuestion[],
  threads = 1,
  signal?: AbortSignal,
): Promise<Factor[]> {
  const requests = questions.map(factorRequest);
  const results = await runJob<NativeFactorResult[]>(
    (progress, done) => native().factorJob(requests, threads, progress, done),
    { signal },
  );
  return results.map((result, k) => ({
    ...result,
    outputs: requests[k]?.outputs.map(({ matrix }) => written(matrix)) ?? [],
    leverages: requests[k]?.outputs.flatMap(({ leverages }) => leverages ?? []) ?? [],
  }));
}

export async function factor(question: FactorQuestion): Promise<Factor> {
  const [found] = await factorAll([question]);
  if (found === undefined) throw new Error("no result");
  return found;
}
