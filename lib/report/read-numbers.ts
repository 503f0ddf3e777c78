import type { JsonReader } from "./json-reader.ts";

/** Calls `visit` for every cell of an array of rows, which must have the shape of the matrix. */
export function forEachCell(
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

/** Numbers that may be missing (`null`, read as NaN) or infinite (the strings "Infinity" and "-Infinity"). */
export function readNumbers(reader: JsonReader, rows: number, columns: number): Float64Array {
  const numbers = new Float64Array(rows * columns);
  forEachCell(reader, rows, columns, (cell, index) => {
    if (cell.isNull()) numbers[index] = Number.NaN;
    else numbers[index] = cell.isString() ? Number(cell.oneOf(["Infinity", "-Infinity"])) : cell.number();
  });
  return numbers;
}
