/** Lines of columns: the first column to the left, numbers to the right, the last column as it is. */
export function alignedTable(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const last = header.length - 1;
  return all.map((row) =>
    row
      .map((cell, column) => {
        if (column === last) return cell;
        return column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!);
      })
      .join("  ")
      .trimEnd(),
  );
}
