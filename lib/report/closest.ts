/** The closest and the second closest column of a row; −1 where there is none. */
export interface Closest {
  readonly best: number;
  readonly second: number;
}

/**
 * The closest columns of row `row`. Undefined values (NaN) are passed over, and so is column `skip`: a layer compared with itself
 * says nothing. Of equal values the first wins.
 */
export function closestInRow(
  values: ArrayLike<number>,
  columns: number,
  row: number,
  skip: number,
  closest: "greatest" | "least",
): Closest {
  let best = -1;
  let second = -1;
  const sign = closest === "least" ? -1 : 1;
  const at = (column: number): number => sign * (values[row * columns + column] ?? Number.NaN);
  for (let column = 0; column < columns; column++) {
    const value = at(column);
    if (column === skip || Number.isNaN(value)) continue;
    if (best < 0 || value > at(best)) {
      second = best;
      best = column;
    } else if (second < 0 || value > at(second)) {
      second = column;
    }
  }
  return { best, second };
}
