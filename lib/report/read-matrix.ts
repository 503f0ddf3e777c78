import type { MetricMatrix } from "../result.ts";
import type { JsonReader } from "./json-reader.ts";

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
  const status = new Uint16Array(rows * columns);
  const given = reader.get("status");
  if (!given.isNull()) {
    forEachCell(given, rows, columns, (cell, index) => {
      if (cell.count() > reasons.length) throw cell.refuse(`0 or the number of a reason (1 to ${reasons.length})`);
      status[index] = cell.count();
    });
  }
  const values = new Float64Array(rows * columns);
  forEachCell(reader.get("values"), rows, columns, (cell, index) => {
    values[index] = status[index] === 0 ? cell.number() : missing(cell);
  });
  return {
    key: reader.get("key").string(),
    metric: reader.get("metric").string(),
    label: reader.get("label").string(),
    estimator: reader.get("estimator").orNull((e) => e.oneOf(["biased", "debiased", "minibatch"])),
    kernel: reader.get("kernel").string(),
    range: range(reader.get("range")),
    symmetric: reader.get("symmetric").boolean(),
    source: reader.get("source").string(),
    rows,
    columns,
    values,
    errors: reader.get("errors").orNull((errors) => errorsOf(errors, rows, columns)),
    status,
    reasons,
  };
}

function missing(cell: JsonReader): number {
  if (!cell.isNull()) throw cell.refuse("null, for its status says that the value does not exist,");
  return Number.NaN;
}

function errorsOf(reader: JsonReader, rows: number, columns: number): Float64Array {
  const errors = new Float64Array(rows * columns);
  forEachCell(reader, rows, columns, (cell, index) => {
    errors[index] = cell.isNull() ? Number.NaN : cell.number();
  });
  return errors;
}

function range(reader: JsonReader): readonly [number | null, number | null] {
  const [low, high, ...more] = reader.items();
  if (low === undefined || high === undefined || more.length > 0) throw reader.refuse("two ends");
  return [low.orNull((end) => end.number()), high.orNull((end) => end.number())];
}

function forEachCell(
  reader: JsonReader,
  rows: number,
  columns: number,
  visit: (cell: JsonReader, index: number) => void,
): void {
  const lines = reader.items();
  if (lines.length !== rows) throw reader.refuse(`${rows} rows`);
  lines.forEach((line, i) => {
    const cells = line.items();
    if (cells.length !== columns) throw line.refuse(`${columns} numbers`);
    cells.forEach((cell, j) => visit(cell, i * columns + j));
  });
}
