import type { ComparisonData, MetricMatrix } from "../result.ts";
import { cellReason, cellStatus } from "./cell-status.ts";

const header = [
  "row_source",
  "row",
  "column_source",
  "column",
  "metric",
  "variant",
  "parameters",
  "kernel",
  "value",
  "error",
  "p_value",
  "p_holm",
  "p_bh",
  "null_mean",
  "null_quantile",
  "calibrated",
  "low",
  "high",
  "status",
  "reason",
];

/**
 * The tidy table of a comparison: one line for every pair of layers and metric, rows before columns, in RFC 4180's format (CRLF,
 * quotes doubled) and UTF-8. All cells of a matrix are there, of a symmetric comparison both (a, b) and (b, a), so that a pivot
 * gives the matrix back. Numbers are written so that reading them gives the same bits; a value that does not exist is an empty
 * field, its `status` is `undefined` and `reason` says why; one that is +∞ is `inf`, as numpy, pandas and R read it, and its `status`
 * is `infinite`. Every column is there in every table; `p_value` to `high` are empty where no permutation test or interval was
 * asked for. `parameters` has the form `kappa=0.01;alpha=1`.
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
  yield csvLine(header);
  for (const matrix of data.matrices) {
    const parameters = Object.entries(matrix.parameters)
      .map(([name, value]) => `${name}=${value}`)
      .join(";");
    for (const [i, row] of data.rows.entries()) {
      const lines = data.columns.map((column, j) =>
        csvLine([
          row.source ?? "",
          row.name,
          column.source ?? "",
          column.name,
          matrix.metric,
          matrix.variant ?? "",
          parameters,
          matrix.kernel ?? "",
          ...cell(matrix, i * matrix.columns + j),
        ]),
      );
      yield lines.join("");
    }
  }
}

function cell(matrix: MetricMatrix, index: number): string[] {
  const { values, errors, test, intervals } = matrix;
  const status = cellStatus(matrix, index);
  return [
    number(values, index),
    number(errors, index),
    number(test?.pValues, index),
    number(test?.holm, index),
    number(test?.benjaminiHochberg, index),
    number(test?.nullMean, index),
    number(test?.nullQuantile, index),
    number(test?.calibrated, index),
    number(intervals?.low, index),
    number(intervals?.high, index),
    status,
    cellReason(matrix, index),
  ];
}

function number(values: Float64Array | null | undefined, index: number): string {
  const value = values?.[index] ?? Number.NaN;
  if (Number.isNaN(value)) return "";
  return Number.isFinite(value) ? String(value) : value > 0 ? "inf" : "-inf";
}

/** Fields as one line of RFC 4180: quoted where they must be, with CRLF at the end. */
export function csvLine(fields: readonly string[]): string {
  return `${fields.map(quoted).join(",")}\r\n`;
}

// Beyond what RFC 4180 asks for: blanks at the ends, which some readers trim, and the first characters of formulas.
const needsQuotes = /[",\r\n]|^[\s=+\-@]|\s$/;

function quoted(field: string): string {
  // A negative number begins with a minus and is no text.
  if (!needsQuotes.test(field) || /^-?([\d.]+(e[+-]?\d+)?|inf)$/.test(field)) return field;
  return `"${field.replaceAll('"', '""')}"`;
}
