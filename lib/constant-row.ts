import { reader } from "./half.ts";
import { matrixOf, type Representation } from "./representation.ts";

const known = new WeakMap<Representation, number | null>();

function find(representation: Representation): number | null {
  const { data, dtype, rows, cols } = matrixOf(representation);
  const value = reader(data, dtype);
  for (let i = 0; i < rows; i += 1) {
    const first = value(i * cols);
    let j = 1;
    while (j < cols && value(i * cols + j) === first) j += 1;
    if (j === cols) return i;
  }
  return null;
}

/** The first row whose entries are all equal, or null. Mostly two entries of a row are looked at. */
export function constantRow(representation: Representation): number | null {
  const found = known.get(representation);
  if (found !== undefined) return found;
  const row = find(representation);
  known.set(representation, row);
  return row;
}
