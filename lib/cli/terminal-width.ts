/** Columns of the terminal behind `stream`; COLUMNS, then 80, where there is none. */
export function terminalWidth(stream: NodeJS.WriteStream): number {
  if (stream.isTTY && stream.columns > 0) return stream.columns;
  const columns = Number(process.env["COLUMNS"]);
  return Number.isInteger(columns) && columns > 0 ? columns : 80;
}
