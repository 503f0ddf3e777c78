import { axisPositions, cellSize, type AxisPositions } from "../axis.ts";
import { byId, makeSvg, place } from "./dom.ts";
import { chooseLabels, drawDirection, drawLabels } from "./labels.ts";
import type { Model } from "./model.ts";
import { paintCells, type Grid } from "./paint.ts";
import type { View } from "./state.ts";

/** Where things are on the page, in CSS pixels, as the last drawing left them. */
export interface Layout {
  readonly left: number;
  readonly top: number;
  readonly across: AxisPositions;
  readonly down: AxisPositions;
  readonly cellWidth: number;
  readonly cellHeight: number;
}

const largestCell = 92;
/** Below this a cell could not be met; the plot is then wider than its room and scrolls. */
const smallestCell = 2;
/** Room to the right of the grid, for the frame of the last column's cursor. */
const slack = 6;

function scaled(axis: AxisPositions, factor: number): AxisPositions {
  return { starts: axis.starts.map((start) => start * factor), length: axis.length * factor };
}

function letterWidth(plot: HTMLElement): number {
  const context = document.createElement("canvas").getContext("2d");
  if (context === null) return 6.7;
  context.font = `11px ${getComputedStyle(plot).fontFamily}`;
  return context.measureText("0123456789").width / 10;
}

/** Draws grid and labels into the room that the page gives them. */
export function drawFigure(model: Model, view: View, width: number): Layout {
  const plot = byId("plot");
  const canvas = byId("cells") as HTMLCanvasElement;
  const labelLayer = byId("labels");
  const ratio = window.devicePixelRatio || 1;
  const letter = letterWidth(labelLayer);
  const { rows, columns } = model;

  // Labels depend on the size of cells and the other way round: labels are chosen for a first guess of the room, then again for
  // the cells that came of it.
  const longest = Math.min(230, Math.max(70, width * 0.26));
  let cellWidth = 0;
  let cellHeight = 0;
  let rowLabels = chooseLabels(rows, "rows", 14, letter, longest);
  const gaps = columns.groups.length - 1;
  let separator = 0;
  for (let round = 0; round < 2; round++) {
    const least = Math.max(80, smallestCell * columns.names.length + gaps * 2);
    const free = Math.max(least, width - rowLabels.depth - rowLabels.band - 8 - slack);
    separator = gaps > 0 && free / columns.names.length > 5 ? 5 : 2;
    const space = { width: free - gaps * separator, height: Math.max(320, Math.min(free, 1000)) };
    const cell = cellSize(rows.names.length, columns.names.length, space, largestCell, 1 / ratio);
    cellWidth = cell.width;
    cellHeight = cell.height;
    rowLabels = chooseLabels(rows, "rows", cellHeight, letter, longest);
  }
  const columnLabels = chooseLabels(columns, "columns", cellWidth, letter, Math.min(longest, 190));

  const device = (size: number): number => Math.round(size * ratio);
  const grid: Grid = {
    across: axisPositions(columns.groups, device(cellWidth), device(separator)),
    down: axisPositions(rows.groups, device(cellHeight), device(separator)),
    cell: { width: device(cellWidth), height: device(cellHeight) },
    ratio,
  };
  const layout: Layout = {
    left: Math.ceil(rowLabels.depth + rowLabels.band + 8),
    top: Math.ceil(columnLabels.depth + columnLabels.band + 8),
    across: scaled(grid.across, 1 / ratio),
    down: scaled(grid.down, 1 / ratio),
    cellWidth,
    cellHeight,
  };

  canvas.width = grid.across.length;
  canvas.height = grid.down.length;
  place(canvas, layout.left, layout.top, layout.across.length, layout.down.length);
  const [wide, high] = [layout.left + layout.across.length + slack, layout.top + layout.down.length + slack];
  place(plot, 0, 0, wide, high);
  byId("room").classList.toggle("wide", wide > width + 1);
  paintCells(canvas, view, grid);

  const svg = makeSvg("svg", { width: wide, height: high, "aria-hidden": "true" });
  drawLabels(svg, columns, columnLabels, "columns", layout.across, cellWidth, layout);
  drawLabels(svg, rows, rowLabels, "rows", layout.down, cellHeight, layout);
  if (view.metric.directed) drawDirection(svg, layout.left - 8, layout.top - 8);
  labelLayer.replaceChildren(svg);
  return layout;
}
