import { axisPositions, cellSize } from "../axis.ts";
import { inkOn, type Colour } from "../ink.ts";
import type { Scale } from "../scale.ts";
import { columnAxis, rowAxis } from "./axes.ts";
import { colourBar } from "./colour-bar.ts";
import { cellColour, drawnCell } from "./drawn-cell.ts";
import { element, escaped, text } from "./markup.ts";

export interface HeatMapCell {
  readonly value: number;
  /** False where there is no value: the cell is hatched with the page's pattern `undefined`. */
  readonly exists: boolean;
  /** Shown when the cell is pointed at. */
  readonly title: string;
  /** To which region the cell belongs; a line is drawn between regions. */
  readonly region: string;
  /** A sign under the number, where there is room. */
  readonly sign: string;
}

export interface HeatMap {
  readonly title: string;
  readonly rows: { readonly label: string; readonly names: readonly string[] };
  readonly columns: { readonly label: string; readonly names: readonly string[] };
  /** Row by row. */
  readonly cells: readonly HeatMapCell[];
  readonly scale: Scale;
  /** Whether the legend explains the hatching: also where this map has none, beside maps that have. */
  readonly hatched: boolean;
}

const room = { width: 440, height: 440 };
const largest = 62;
const roomForSign = 44;
const roomForGaps = 24;
const margin = 4;
/** On a logarithmic scale what is below zero has one colour, beside the low end of the ramp and not in it. */
export const belowZero: Colour = [219, 203, 236];
/** Beyond this many cells their titles would be most of the page. */
const mostTitles = 2500;

/** The line between regions, as path data along the edges of cells. */
function borders(
  cells: readonly HeatMapCell[],
  columns: number,
  across: readonly number[],
  down: readonly number[],
  cell: number,
): string {
  const steps: string[] = [];
  for (const [i, y] of down.entries()) {
    for (const [j, x] of across.entries()) {
      const own = cells[i * columns + j]!.region;
      if (j + 1 < columns && cells[i * columns + j + 1]!.region !== own) steps.push(`M${x + cell} ${y}v${cell}`);
      if (i + 1 < down.length && cells[(i + 1) * columns + j]!.region !== own) steps.push(`M${x} ${y + cell}h${cell}`);
    }
  }
  return steps.join("");
}

/** A heat map as SVG that stands in a page: colours of text are the page's, regions are set apart by a line. */
export function heatMap({ title, rows, columns, cells, scale, hatched }: HeatMap): string {
  const [height, width] = [rows.names.length, columns.names.length];
  const square = cellSize(height, width, room, largest);
  // Square, however thin the map: the line between regions is a diagonal then.
  const cell = Math.min(square.width, square.height);
  const groupsDown = [{ label: rows.label, first: 0, count: height }];
  const groupsAcross = [{ label: columns.label, first: 0, count: width }];
  const [down, across] = [axisPositions(groupsDown, cell, 0), axisPositions(groupsAcross, cell, 0)];
  const left = rowAxis(rows.names, groupsDown, down, cell);
  const top = columnAxis(columns.names, groupsAcross, across, cell);
  const inset = cell >= roomForGaps ? 1 : 0;
  const parts: string[] = [];
  for (const [k, { value, exists, title: told, sign }] of cells.entries()) {
    const [x, y] = [across.starts[k % width]!, down.starts[Math.floor(k / width)]!];
    const shown = cells.length > mostTitles ? "" : told;
    const colour = value < 0 && scale.logarithmic ? belowZero : cellColour(value, scale);
    const box = { x, y, width: cell - inset, height: cell - inset };
    parts.push(drawnCell({ value, exists, bounded: false, colour, title: shown }, box));
    if (!exists || cell < roomForSign || sign === "") continue;
    parts.push(text(sign, x + cell / 2, y + cell - 12, { size: 10, fill: inkOn(colour), anchor: "middle" }));
  }
  const values = { values: new Float64Array([0]), status: Uint16Array.of(hatched ? 1 : 0) };
  const bar = colourBar(scale, values, Math.min(260, Math.max(110, down.length)));
  // Half a pixel back: into the middle of the gap between cells.
  const edge = borders(cells, width, across.starts, down.starts, cell);
  const kind = inset === 0 ? { class: "thin" } : { transform: "translate(-0.5 -0.5)" };
  const line = (name: string): string => element("path", { class: name, d: edge });
  const lines = edge === "" ? "" : element("g", { ...kind, "shape-rendering": "auto" }, line("casing"), line("border"));
  const size = {
    width: margin + left.size + across.length + 22 + bar.width + margin,
    height: margin + top.size + Math.max(down.length, bar.height) + margin,
  };
  const move = (x: number, y: number, attributes: Readonly<Record<string, string>>, content: string): string =>
    element("g", { ...attributes, transform: `translate(${x} ${y})` }, content);
  const [x, y] = [margin + left.size, margin + top.size];
  return element(
    "svg",
    {
      class: "map",
      viewBox: `0 0 ${Math.ceil(size.width)} ${Math.ceil(size.height)}`,
      width: Math.ceil(size.width),
      role: "img",
    },
    element("title", {}, escaped(title)),
    move(x, y, { class: "axis" }, left.markup + top.markup),
    move(x, y, { "shape-rendering": "crispEdges" }, parts.join("") + lines),
    move(x + across.length + 22, y, { class: "axis" }, bar.markup),
  );
}
