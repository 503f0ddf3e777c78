import type { StitchingResult } from "../../stitching-result.ts";

/** Which rows a number is of: those that stitchers were fitted on, or those held out. */
export type RowSet = "fitted" | "heldOut";

/** The row sets that a result has. */
export function rowSetsOf({ rows }: StitchingResult): readonly RowSet[] {
  return rows.heldOut > 0 ? ["fitted", "heldOut"] : ["fitted"];
}

/** The rows that say most: held out, where there are any. */
export function tellingRows(result: StitchingResult): RowSet {
  return result.rows.heldOut > 0 ? "heldOut" : "fitted";
}

/** `200 rows held out`. */
export function rowSetText({ rows }: StitchingResult, set: RowSet): string {
  const count = rows[set].toLocaleString("en-US");
  if (set === "heldOut") return `${count} rows held out`;
  return rows.heldOut > 0 ? `${count} rows fitted on` : `all ${count} rows, fitted on`;
}
