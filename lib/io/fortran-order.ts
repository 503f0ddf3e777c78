import type { Elements } from "../dtype.ts";

/**
 * Takes the elements of a column-major (Fortran-ordered) array as they come and puts each where it belongs in a row-major one.
 * The returned function is to be called with consecutive pieces of any length.
 */
export function fortranScatter(shape: readonly number[], target: Elements): (piece: Elements) => void {
  // strides[k]: how far apart in the row-major target two neighbours along axis k are.
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
  const index = shape.map(() => 0);
  const first = shape[0] ?? 1;
  const firstStride = strides[0] ?? 1;
  let along = 0;
  let offset = 0;

  function carry(): void {
    offset -= first * firstStride;
    along = 0;
    for (let axis = 1; axis < shape.length; axis++) {
      const size = shape[axis] ?? 1;
      const stride = strides[axis] ?? 1;
      const next = (index[axis] ?? 0) + 1;
      offset += stride;
      if (next < size) {
        index[axis] = next;
        return;
      }
      offset -= size * stride;
      index[axis] = 0;
    }
  }

  return (piece) => {
    let taken = 0;
    while (taken < piece.length) {
      const end = taken + Math.min(first - along, piece.length - taken);
      along += end - taken;
      for (; taken < end; taken++, offset += firstStride) target[offset] = piece[taken] ?? 0;
      if (along === first) carry();
    }
  };
}
