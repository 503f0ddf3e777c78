import { cellAt, sharedPrefix } from "../axis.ts";
import type { PageAxis } from "../page-data.ts";
import { byId, make, place } from "./dom.ts";
import type { Layout } from "./figure.ts";
import { pointAt } from "./legend.ts";
import { cellText, factsOf } from "./facts.ts";
import { sourceOf, type Model } from "./model.ts";
import type { View } from "./state.ts";

export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** The cell under a position of the plot, in CSS pixels from its corner. */
export function cellUnder(layout: Layout, x: number, y: number): Cell | null {
  const column = cellAt(x - layout.left, layout.across);
  const row = cellAt(y - layout.top, layout.down);
  return row < 0 || column < 0 ? null : { row, column };
}

/** All that is known of a cell, in one sentence, for screen readers. */
export function spoken(model: Model, view: View, cell: Cell): string {
  const { metric } = view;
  const index = cell.row * model.columns.names.length + cell.column;
  const { value, error, reason } = cellText(metric, index);
  const between = metric.directed ? " to " : ", ";
  const names = `${model.rows.names[cell.row]}${between}${model.columns.names[cell.column]}`;
  const facts = factsOf(metric).map(({ title, text }) => (text(index) === "" ? "" : `, ${title} ${text(index)}`));
  const closest = view.metric.closest[cell.row]?.best === cell.column ? ", the closest of its row" : "";
  return `${names}: ${value}${error === "" ? "" : `, standard error ${error}`}${facts.join("")}${closest}${reason === "" ? "" : `. ${reason}`}`;
}

function layers(model: Model, { metric }: View, cell: Cell): HTMLElement {
  const { rows, columns } = model;
  const role = (direction: string, source: string, side: string): string =>
    metric.directed ? `${direction} ${source}` : source || side;
  const grid = make("div", "layers");
  grid.append(
    make("span", "role", role("from", sourceOf(rows, cell.row), "row")),
    make("bdi", "name", rows.names[cell.row] ?? ""),
    make("span", "role", role("to", sourceOf(columns, cell.column), "column")),
    make("bdi", "name", columns.names[cell.column] ?? ""),
  );
  return grid;
}

/** The name as the axis has it: without the beginning that all of its group share. */
function nameAtAxis(axis: PageAxis, index: number): string {
  const group = axis.groups.find(({ first, count }) => index >= first && index < first + count);
  const name = axis.names[index] ?? "";
  if (group === undefined) return name;
  return name.slice(sharedPrefix(axis.names.slice(group.first, group.first + group.count)).length);
}

function fillTooltip(tooltip: HTMLElement, model: Model, view: View, cell: Cell): void {
  const index = cell.row * model.columns.names.length + cell.column;
  const { value, error, reason } = cellText(view.metric, index);
  const head = make("div", "number");
  head.append(make("b", "", value));
  if (error !== "") head.append(make("span", "error", ` ± ${error}`));
  tooltip.replaceChildren(make("div", "metric", view.metric.label), head, layers(model, view, cell));
  const facts = make("dl", "facts");
  for (const { title, text } of factsOf(view.metric)) {
    if (text(index) !== "") facts.append(make("dt", "", title), make("dd", "", text(index)));
  }
  if (facts.childElementCount > 0) tooltip.append(facts);
  if (reason !== "") tooltip.append(make("div", "reason", reason));
  if (view.metric.closest[cell.row]?.best === cell.column) tooltip.append(make("div", "note", "Closest of its row"));
  if (error !== "") tooltip.append(make("div", "note", "± is one standard error"));
}

/** Shows which cell is meant: a ring, its layers' names at the axes, the tooltip, a pointer on the colour bar. */
export function showCell(model: Model, view: View, layout: Layout, cell: Cell): void {
  const { left, top, cellWidth, cellHeight } = layout;
  const x = left + (layout.across.starts[cell.column] ?? 0);
  const y = top + (layout.down.starts[cell.row] ?? 0);
  const ring = byId("ring");
  place(ring, x, y, cellWidth, cellHeight);

  const rowChip = byId("row-chip");
  rowChip.textContent = nameAtAxis(model.rows, cell.row);
  const columnChip = byId("column-chip");
  columnChip.textContent = nameAtAxis(model.columns, cell.column);
  const tooltip = byId("tooltip");
  fillTooltip(tooltip, model, view, cell);
  for (const element of [ring, rowChip, columnChip, tooltip]) element.hidden = false;

  // A chip sits at its axis, but within the plot when the name is longer than the room for labels.
  const plot = byId("plot").getBoundingClientRect();
  const chip = rowChip.getBoundingClientRect();
  place(rowChip, Math.max(0, left - 4 - chip.width), y + cellHeight / 2 - chip.height / 2);
  const wide = columnChip.getBoundingClientRect();
  const middle = x + cellWidth / 2 - wide.width / 2;
  place(columnChip, Math.min(Math.max(0, middle), Math.max(0, plot.width - wide.width)), top - 4 - wide.height);

  // Right of the cell and below; on the other side where that would leave the window. Placed in the window, not in the plot, for
  // a plot that is wider than its room scrolls and would cut the tooltip off.
  const box = tooltip.getBoundingClientRect();
  const right = plot.left + x + cellWidth + 14;
  const fitsRight = right + box.width <= document.documentElement.clientWidth - 8;
  const below = plot.top + y + cellHeight + 14;
  const fitsBelow = below + box.height <= window.innerHeight - 8;
  place(
    tooltip,
    fitsRight ? right : Math.max(8, plot.left + x - 14 - box.width),
    fitsBelow ? below : Math.max(8, plot.top + y - 14 - box.height),
  );

  const index = cell.row * model.columns.names.length + cell.column;
  const value = view.shown.values[index] ?? Number.NaN;
  pointAt(view, Number.isNaN(value) ? null : value);
}

export function hideCell(view: View): void {
  for (const id of ["ring", "row-chip", "column-chip", "tooltip"]) byId(id).hidden = true;
  pointAt(view, null);
}
