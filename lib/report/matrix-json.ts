import type { Intervals, MetricMatrix, PermutationTest } from "../result.ts";

/** For JSON.stringify: a non-finite number becomes a string. */
export function finite(_: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

function number(value: number): string {
  // JSON.stringify drops the sign of −0, which a reader would then not get back.
  return Object.is(value, -0) ? "-0" : JSON.stringify(value);
}

function table(
  matrix: MetricMatrix,
  values: ArrayLike<number>,
  cell: (value: number, index: number) => string,
): string {
  const lines = Array.from({ length: matrix.rows }, (_, i) => {
    const line = Array.from({ length: matrix.columns }, (__, j) => {
      const index = i * matrix.columns + j;
      return cell(values[index] ?? Number.NaN, index);
    });
    return `        [${line.join(", ")}]`;
  });
  return lines.length === 0 ? "[]" : `[\n${lines.join(",\n")}\n      ]`;
}

/** Numbers that may be missing without a reason of their own. */
function optional(value: number): string {
  if (Number.isNaN(value)) return "null";
  return Number.isFinite(value) ? number(value) : `"${value}"`;
}

/** Facts, and beside them tables of numbers, as one object. */
function withTables(
  matrix: MetricMatrix,
  facts: object,
  tables: Readonly<Record<string, Float64Array | null>>,
): string {
  const entries = Object.entries(facts).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  for (const [key, values] of Object.entries(tables)) {
    entries.push(`${JSON.stringify(key)}: ${values === null ? "null" : table(matrix, values, optional)}`);
  }
  return `{\n        ${entries.join(",\n        ")}\n      }`;
}

function testJson(matrix: MetricMatrix, test: PermutationTest): string {
  const { pValues, holm, benjaminiHochberg, nullMean, nullQuantile, calibrated, ...facts } = test;
  return withTables(matrix, facts, { pValues, holm, benjaminiHochberg, nullMean, nullQuantile, calibrated });
}

function intervalsJson(matrix: MetricMatrix, { low, high, ...facts }: Intervals): string {
  return withTables(matrix, facts, { low, high });
}

/** One matrix of a results.json, a row of numbers a line; toResultsJson says how numbers stand there. */
export function matrixJson(matrix: MetricMatrix): string {
  const { values, errors, test, intervals, status, reasons, ...facts } = matrix;
  const entries = Object.entries(facts).map(
    ([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value, finite)}`,
  );
  const signed = (reason: number, index: number): string => String(values[index] === Infinity ? -reason : reason);
  entries.push(
    `"values": ${table(matrix, values, (value, index) => ((status[index] ?? 0) === 0 ? number(value) : "null"))}`,
    `"errors": ${errors === null ? "null" : table(matrix, errors, optional)}`,
    `"test": ${test === null ? "null" : testJson(matrix, test)}`,
    `"intervals": ${intervals === null ? "null" : intervalsJson(matrix, intervals)}`,
    `"reasons": ${JSON.stringify(reasons)}`,
    `"status": ${status.every((index) => index === 0) ? "null" : table(matrix, status, signed)}`,
  );
  return `\n    {\n      ${entries.join(",\n      ")}\n    }`;
}
