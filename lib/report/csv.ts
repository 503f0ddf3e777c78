import type { ComparisonData, MetricMatrix } from "../result.ts";

const header = [
  "row_source",
  "row",
  "column_source",
  "column",
  "metric",
  "estimator",
  "kernel",
  "value",
  "error",
  "status",
  "reason",
];

/**
 * The tidy table of a comparison: one line for every pair of layers and metric, rows before columns, in RFC 4180's format (CRLF,
 * quotes doubled) and UTF-8. All cells of a matrix are there, of a symmetric comparison both (a, b) and (b, a), so that a pivot
 * gives the matrix back. Numbers are written so that reading them gives the same bits; a value that does not exist is an empty
 * field, its `status` is `undefined` and `reason` says why.
 *
 * Names stand as they are in the files they came from, for programs join on them. That includes names which begin with `=`, `+`,
 * `-` or `@`, which a spreadsheet takes for a formula when a file is opened by a double click: putting a mark before them would
 * change the name for every other reader, and quotes, which these fields always get, do not hold a spreadsheet back. Import a
 * table whose layer names you do not trust as text.
 */
export function toPairsCsv(data: ComparisonData): string {
  return [...pairsCsvParts(data)].join("");
}

/** The same text in parts, one for every row of every matrix: thousands of layers make a table longer than a string may be. */
export function* pairsCsvParts(data: ComparisonData): Generator<string> {
  yield line(header);
  for (const matrix of data.matrices) {
    for (const [i, row] of data.rows.entries()) {
      const lines = data.columns.map((column, j) =>
        line([
          row.source ?? "",
          row.name,
          column.source ?? "",
          column.name,
          matrix.metric,
          matrix.estimator ?? "",
          matrix.kernel,
          ...cell(matrix, i * matrix.columns + j),
        ]),
      );
      yield lines.join("");
    }
  }
}

function cell(matrix: MetricMatrix, index: number): string[] {
  const status = matrix.status[index] ?? 0;
  const value = matrix.values[index] ?? Number.NaN;
  const error = matrix.errors?.[index] ?? Number.NaN;
  if (status > 0) return ["", "", "undefined", matrix.reasons[status - 1] ?? ""];
  return [String(value), Number.isNaN(error) ? "" : String(error), "ok", ""];
}

function line(fields: readonly string[]): string {
  return `${fields.map(quoted).join(",")}\r\n`;
}

// Beyond what RFC 4180 asks for: blanks at the ends, which some readers trim, and the first characters of formulas.
const needsQuotes = /[",\r\n]|^[\s=+\-@]|\s$/;

function quoted(field: string): string {
  // A negative number begins with a minus and is no text.
  if (!needsQuotes.test(field) || /^-?[\d.]+(e[+-]?\d+)?$/.test(field)) return field;
  return `"${field.replaceAll('"', '""')}"`;
}
