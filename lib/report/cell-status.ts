import type { CellStatus, MetricMatrix } from "../result.ts";

/** The status of a cell: a reason stands beside undefined values and beside infinite ones, which only the value tells apart. */
export function cellStatus(matrix: Pick<MetricMatrix, "values" | "status">, index: number): CellStatus {
  if ((matrix.status[index] ?? 0) === 0) return "ok";
  return matrix.values[index] === Infinity ? "infinite" : "undefined";
}

/** The sentence beside a cell whose status is not `ok`; empty beside one that is. */
export function cellReason(matrix: MetricMatrix, index: number): string {
  return matrix.reasons[(matrix.status[index] ?? 0) - 1] ?? "";
}
