import { FileError } from "../errors.ts";
import type { ComparisonData } from "../result.ts";
import type { ReportEnvironment } from "./environment.ts";
import { JsonReader } from "./json-reader.ts";
import { finite, matrixJson } from "./matrix-json.ts";
import { readComparison } from "./read-comparison.ts";
import { readEnvironment } from "./read-environment.ts";

/** The first entry of every results.json: which layout it has. It changes when a reader of the old one would go wrong. */
export const resultsSchema = "gramian.comparison/2";

/**
 * A comparison as JSON that explains itself: schema, versions and machine, options with their seeds, plan, timings, layers, and
 * every matrix as an array of rows. JSON has neither NaN nor infinity, so a value that is no finite number is `null`, and `status`
 * has a number other than 0 in its place: k for a value that does not exist, −k for one that is +∞, where k counts from 1 in
 * `reasons` (`status` is `null` where every value is finite). The numbers of a permutation test and of intervals are arrays of rows
 * too; among them, and among `errors`, `null` is a number that does not exist, and an infinite one is the string "Infinity" or
 * "-Infinity". Numbers are written so that reading them gives the same bits. A non-finite number among the options, such as a limit
 * of Infinity, becomes a string.
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
  checkSchema(file);
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

/** Files of an earlier layout are told from files of other programs: they can be made anew. */
function checkSchema(file: JsonReader): void {
  const schema = file.get("schema");
  const gramian = file.get("gramian");
  if (!schema.isString() || !/^gramian\.comparison\/\d+$/.test(schema.string()) || !gramian.isString()) {
    schema.oneOf([resultsSchema]);
    return;
  }
  if (schema.string() === resultsSchema) return;
  const version = gramian
    .string()
    .replace(/[^\w.+-]/g, "?")
    .slice(0, 40);
  throw new FileError(
    "CORRUPT_FILE",
    `Expected a results.json of layout ${resultsSchema} but received ${schema.string()}, which gramian ${version} wrote: ` +
      "run the comparison again, or draw the report with that version.",
    { schema: schema.string(), version },
  );
}
