/** Cells of a matrix that are about two different layers, each pair once where the order does not matter. */
export interface Cell {
  readonly row: number;
  readonly column: number;
  /** Places in the matrix: the cell, and its mirror image where that says the same. */
  readonly places: readonly number[];
}

/**
 * The pairs of different layers behind a matrix of rows.length × columns.length; `symmetric` says that (a, b) and (b, a) have one value.
 * Layers are named by index.
 */
export function cellsOf(rows: readonly number[], columns: readonly number[], symmetric: boolean): Cell[] {
  const found = new Map<number, { row: number; column: number; places: number[] }>();
  for (const [i, row] of rows.entries()) {
    for (const [j, column] of columns.entries()) {
      if (row === column) continue;
      const place = i * columns.length + j;
      const [low, high] = symmetric && row > column ? [column, row] : [row, column];
      const key = low * 2 ** 26 + high;
      const cell = found.get(key);
      if (cell === undefined) found.set(key, { row, column, places: [place] });
      else cell.places.push(place);
    }
  }
  return [...found.values()];
}
