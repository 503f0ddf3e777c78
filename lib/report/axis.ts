/** Width and height of a cell. */
export interface CellSize {
  readonly width: number;
  readonly height: number;
}

/** Below this many pixels a cell of a thin matrix may stop being square. */
const smallCell = 8;
/** What the short side of a long, thin matrix is stretched to at most: enough for a label of its own. */
const stretched = 14;

/**
 * The size of cells that fit `rows` × `columns` into a space, whole multiples of `unit` (a device's pixel, for crisp edges) and at
 * least one. Cells are square, but where many columns meet few rows (or the other way) the rows are drawn higher than the columns
 * are wide, for a heat map of twelve lines of four pixels shows nothing.
 */
export function cellSize(rows: number, columns: number, space: CellSize, largest: number, unit: number = 1): CellSize {
  const whole = (size: number): number => Math.max(1, Math.floor(size / unit + 1e-6)) * unit;
  const square = Math.min(space.width / columns, space.height / rows, largest);
  const thin = Math.max(rows, columns) > 3 * Math.min(rows, columns);
  if (square >= smallCell || !thin) return { width: whole(square), height: whole(square) };
  return {
    width: whole(Math.min(space.width / columns, stretched)),
    height: whole(Math.min(space.height / rows, stretched)),
  };
}

/** Where the cells of an axis begin, groups being set apart by `separator`. */
export interface AxisPositions {
  readonly starts: readonly number[];
  readonly length: number;
}

export interface Group {
  readonly first: number;
  readonly count: number;
}

export function axisPositions(groups: readonly Group[], cell: number, separator: number): AxisPositions {
  const starts: number[] = [];
  groups.forEach(({ first, count }, g) => {
    for (let i = first; i < first + count; i++) starts.push(i * cell + g * separator);
  });
  const length = starts.length === 0 ? 0 : (starts.at(-1) ?? 0) + cell;
  return { starts, length };
}

/** The cell at a position; −1 outside. A separator counts to the cell before it. */
export function cellAt(position: number, axis: AxisPositions): number {
  if (position < 0 || position >= axis.length) return -1;
  let low = 0;
  let high = axis.starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((axis.starts[middle] ?? 0) <= position) low = middle;
    else high = middle;
  }
  return low;
}

const steps = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000];

/** The layers that get a label when labels need `spacing`: every one, every second, fifth, tenth …, anew in each group. */
export function labelled(groups: readonly Group[], cell: number, spacing: number): number[] {
  const step = steps.find((candidate) => candidate * cell >= spacing) ?? 2000;
  return groups.flatMap(({ first, count }) =>
    Array.from({ length: Math.ceil(count / step) }, (_, k) => first + k * step),
  );
}

/**
 * The beginning that all names share, up to a separator: `encoder.layers.` of `encoder.layers.0.mlp`, `encoder.layers.1.mlp`.
 * Empty when there is little to gain. Said once beside the axis, it need not stand in every label.
 */
export function sharedPrefix(names: readonly string[]): string {
  const [first = "", ...others] = names;
  if (others.length === 0) return "";
  let length = first.length;
  for (const name of others) {
    let same = 0;
    while (same < length && first[same] === name[same]) same++;
    length = same;
  }
  const cut = Math.max(...[".", "/", "_", ":"].map((mark) => first.lastIndexOf(mark, length - 1))) + 1;
  const worthwhile = cut >= 4 && length > 0 && names.every((name) => name.length > cut);
  return worthwhile ? first.slice(0, cut) : "";
}
