import type { Family, MetricMatrix } from "../result.ts";
import { familyLabels } from "./families.ts";
import type { JsonReader } from "./json-reader.ts";
import { forEachCell, readNumbers } from "./read-numbers.ts";
import { readIntervals, readTest } from "./read-test.ts";

const families = Object.keys(familyLabels) as Family[];

/** Reads one matrix of a results.json, whose layers say how many rows and columns it must have. */
export function readMatrix(reader: JsonReader, rows: number, columns: number): MetricMatrix {
  if (reader.get("rows").count() !== rows) throw reader.get("rows").refuse(`${rows}, the number of row layers,`);
  if (reader.get("columns").count() !== columns) {
    throw reader.get("columns").refuse(`${columns}, the number of column layers,`);
  }
  const reasons = reader
    .get("reasons")
    .items()
    .map((reason) => reason.string());
  const given = readStatus(reader.get("status"), rows, columns, reasons.length);
  const values = new Float64Array(rows * columns);
  forEachCell(reader.get("values"), rows, columns, (cell, index) => {
    values[index] = given[index] === 0 ? cell.number() : missing(cell, given[index] ?? 0);
  });
  return {
    key: reader.get("key").string(),
    metric: reader.get("metric").string(),
    name: reader.get("name").string(),
    label: reader.get("label").string(),
    family: reader.get("family").oneOf(families),
    variant: reader.get("variant").orNull((variant) => variant.string()),
    parameters: parameters(reader.get("parameters")),
    kernel: reader.get("kernel").orNull((kernel) => kernel.string()),
    sense: reader.get("sense").oneOf(["similarity", "distance"]),
    range: range(reader.get("range")),
    symmetric: reader.get("symmetric").boolean(),
    source: reader.get("source").string(),
    ...optionalText(reader, "definition"),
    ...optionalText(reader, "formula"),
    rows,
    columns,
    values,
    errors: reader.get("errors").orNull((errors) => readNumbers(errors, rows, columns)),
    test: reader.get("test").orNull((test) => readTest(test, rows, columns)),
    intervals: reader.get("intervals").orNull((intervals) => readIntervals(intervals, rows, columns)),
    status: Uint16Array.from(given, Math.abs),
    reasons,
  };
}

/** One number a cell: 0, k for a value that does not exist, −k for one that is infinite, k being the number of a reason. */
function readStatus(reader: JsonReader, rows: number, columns: number, reasons: number): Int32Array {
  const status = new Int32Array(rows * columns);
  if (reader.isNull()) return status;
  forEachCell(reader, rows, columns, (cell, index) => {
    const value = cell.number();
    if (!Number.isInteger(value) || Math.abs(value) > reasons) {
      throw cell.refuse(`0 or the number of a reason (1 to ${reasons}, negative for infinite values)`);
    }
    status[index] = value;
  });
  return status;
}

function missing(cell: JsonReader, status: number): number {
  if (!cell.isNull()) throw cell.refuse("null, for its status says that the value is no finite number,");
  return status < 0 ? Infinity : Number.NaN;
}

function optionalText<K extends string>(reader: JsonReader, key: K): { readonly [key in K]?: string } {
  if (!Object.hasOwn(reader.members(), key)) return {};
  return { [key]: reader.get(key).string() } as { readonly [key in K]?: string };
}

function parameters(reader: JsonReader): Readonly<Record<string, number | string>> {
  return Object.fromEntries(
    Object.keys(reader.members()).map((key) => {
      const value = reader.get(key);
      return [key, value.isString() ? value.string() : value.number()];
    }),
  );
}

function range(reader: JsonReader): readonly [number | null, number | null] {
  const [low, high, ...more] = reader.items();
  if (low === undefined || high === undefined || more.length > 0) throw reader.refuse("two ends");
  return [low.orNull((end) => end.number()), high.orNull((end) => end.number())];
}
