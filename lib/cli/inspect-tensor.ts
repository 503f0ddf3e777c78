import type { TensorFile, TensorInfo } from "../io/tensor-file.ts";
import { findFactsAsync } from "../matrix/facts.ts";

/** What `inspect` says of a tensor. Numbers that need finite entries are null where there are others. */
export interface TensorReport {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Null for a tensor that can be compared as it is, else why not, or what it takes. */
  readonly note: string | null;
  readonly nonFinite: number | null;
  readonly firstNonFinite: { readonly row: number; readonly column: number } | null;
  readonly constantColumns: number | null;
  readonly zeroRows: number | null;
  readonly rms: number | null;
  readonly centredRms: number | null;
}

const unknown = {
  nonFinite: null,
  firstNonFinite: null,
  constantColumns: null,
  zeroRows: null,
  rms: null,
  centredRms: null,
};

function noteOf({ dtype, fileDtype, shape }: TensorInfo): string | null {
  if (dtype === null) return `${fileDtype} is no floating-point type that can be compared`;
  if (shape.length < 2) return "rank below 2: no layer (labels or indices, perhaps)";
  if (shape.includes(0)) return "holds no entries";
  if (shape.length === 3) return "rank 3: a stack for --layer-axis, or --flatten";
  return shape.length > 3 ? `rank ${shape.length}: needs --flatten` : null;
}

/** Reads one tensor and finds its facts, off the event loop. Axes after the first count as features. */
export async function inspectTensor(file: TensorFile, info: TensorInfo, signal: AbortSignal): Promise<TensorReport> {
  const { name, shape } = info;
  const report = { name, dtype: info.dtype ?? info.fileDtype, shape, note: noteOf(info) };
  if (info.dtype === null || shape.length < 2 || shape.includes(0)) return { ...report, ...unknown };
  const { data, dtype } = await file.read(name, { signal });
  const rows = shape[0]!;
  const cols = data.length / rows;
  const facts = await findFactsAsync({ data, dtype, rows, cols }, signal);
  if (facts.nonFinite > 0) {
    return {
      ...report,
      ...unknown,
      note: report.note ?? "cannot be compared: not finite",
      nonFinite: facts.nonFinite,
      firstNonFinite: { row: facts.nonFiniteRow, column: facts.nonFiniteColumn },
    };
  }
  return {
    ...report,
    nonFinite: 0,
    firstNonFinite: null,
    constantColumns: facts.constantColumns.length,
    zeroRows: facts.zeroRows.length,
    rms: Math.sqrt(facts.scatter / (rows * cols) + facts.meanNorm2 / cols),
    centredRms: Math.sqrt(facts.scatter / (rows * cols)),
  };
}
