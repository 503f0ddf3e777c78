import { FileError } from "../errors.ts";
import type { ComparisonData, MetricMatrix } from "../result.ts";
import type { ReportEnvironment } from "./environment.ts";
import { JsonReader } from "./json-reader.ts";
import { readComparison } from "./read-comparison.ts";
import { readEnvironment } from "./read-environment.ts";

/** The first entry of every results.json: which layout it has. It changes when a reader of the old one would go wrong. */
export const resultsSchema = "gramian.comparison/1";

/**
 * A comparison as JSON that explains itself: schema, versions and machine, options with their seeds, plan, timings, layers, and
 * every matrix as an array of rows. JSON has no NaN, so a value that does not exist is `null`; `status` then has a number other
 * than 0 in its place, which counts from 1 in `reasons` (`status` is `null` where every value exists). Numbers are written so that
 * reading them gives the same bits. A non-finite number among the options, such as a limit of Infinity, becomes a string.
 *
 * @example
 * ```ts
 * import { compare, fromResultsJson, reportEnvironment, Representation, toResultsJson } from "gramian";
 * const result = await compare(await Representation.loadAll("examples/mnist/mlp-a.safetensors"));
 * const text = toResultsJson(result, reportEnvironment());
 * console.log(fromResultsJson(text).rows[0]?.name); // relu1
 * ```
 */
export function toResultsJson(data: ComparisonData, environment: ReportEnvironment): string {
  const { matrices, ...rest } = data;
  const { version, created, command, ...machine } = environment;
  const head = { schema: resultsSchema, gramian: version, created, command, environment: machine, ...rest };
  const text = JSON.stringify(head, finite, 2);
  // Matrices are written by hand, one row a line: pretty-printed numbers would stand one a line.
  return `${text.slice(0, -2)},\n  "matrices": [${matrices.map(matrixJson).join(",")}]\n}\n`;
}

/** What a results.json holds: the comparison and where it was made. */
export interface Results {
  readonly data: ComparisonData;
  readonly environment: ReportEnvironment;
}

/**
 * Reads what {@link toResultsJson} wrote, so that a report can be drawn again without computing.
 *
 * @throws FileError with code CORRUPT_FILE, naming the entry that is missing or wrong.
 */
export function parseResults(text: string): Results {
  const file = new JsonReader(parse(text), "");
  file.get("schema").oneOf([resultsSchema]);
  return { data: readComparison(file), environment: readEnvironment(file) };
}

/**
 * The comparison of a results.json, read back from what {@link toResultsJson} wrote.
 *
 * @throws FileError with code CORRUPT_FILE, naming the entry that is missing or wrong.
 *
 * @example
 * ```ts
 * import { compare, fromResultsJson, reportEnvironment, Representation, toResultsJson } from "gramian";
 * const layers = await Representation.loadAll("examples/mnist/mlp-a.safetensors", "relu*");
 * const copy = fromResultsJson(toResultsJson(await compare(layers), reportEnvironment()));
 * console.log(copy.matrices[0]?.key); // cka.biased.linear
 * ```
 */
export function fromResultsJson(text: string): ComparisonData {
  return parseResults(text).data;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new FileError("CORRUPT_FILE", "Expected JSON for results.json but received text that is not.", {}, { cause });
  }
}

function finite(_: string, value: unknown): unknown {
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

function matrixJson(matrix: MetricMatrix): string {
  const { values, errors, status, reasons, ...facts } = matrix;
  const entries = Object.entries(facts).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  entries.push(
    `"values": ${table(matrix, values, (value, index) => ((status[index] ?? 0) === 0 ? number(value) : "null"))}`,
    `"errors": ${errors === null ? "null" : table(matrix, errors, number)}`,
    `"reasons": ${JSON.stringify(reasons)}`,
    `"status": ${status.every((index) => index === 0) ? "null" : table(matrix, status, String)}`,
  );
  return `\n    {\n      ${entries.join(",\n      ")}\n    }`;
}
