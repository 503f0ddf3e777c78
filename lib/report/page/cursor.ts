/** The cell that a key leads to from another cell; null for a key that is not for moving. */
export function moved(
  key: string,
  control: boolean,
  from: { readonly row: number; readonly column: number },
  rows: number,
  columns: number,
): { readonly row: number; readonly column: number } | null {
  const { row, column } = from;
  const page = Math.max(1, Math.round(rows / 10));
  switch (key) {
    case "ArrowUp":
      return { row: control ? 0 : Math.max(0, row - 1), column };
    case "ArrowDown":
      return { row: control ? rows - 1 : Math.min(rows - 1, row + 1), column };
    case "ArrowLeft":
      return { row, column: control ? 0 : Math.max(0, column - 1) };
    case "ArrowRight":
      return { row, column: control ? columns - 1 : Math.min(columns - 1, column + 1) };
    case "Home":
      return { row: control ? 0 : row, column: 0 };
    case "End":
      return { row: control ? rows - 1 : row, column: columns - 1 };
    case "PageUp":
      return { row: Math.max(0, row - page), column };
    case "PageDown":
      return { row: Math.min(rows - 1, row + page), column };
    default:
      return null;
  }
}
