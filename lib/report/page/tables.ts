import { formatValue, typographic } from "../format.ts";
import { make } from "./dom.ts";
import { cellText } from "./facts.ts";
import { sourceOf, type Model } from "./model.ts";
import type { View } from "./state.ts";

/** A table of more cells than this would take a browser seconds; pairs.csv has them all. */
const mostCells = 250_000;

export function header(text: string, scope: "col" | "row"): HTMLTableCellElement {
  const cell = make("th");
  cell.scope = scope;
  cell.append(make("bdi", "", text));
  return cell;
}

/** All values of the metric as a table: what the heat map shows, for those who read it with other means. */
export function valueTable(model: Model, view: View): HTMLElement {
  const { rows, columns } = model;
  if (rows.names.length * columns.names.length > mostCells) {
    return make("p", "hint", "Too many values for a table in a page: pairs.csv, beside this file, has all of them.");
  }
  const table = make("table", "values");
  table.append(
    make("caption", "", `${view.metric.label}: ${view.metric.directed ? "row → column" : "rows against columns"}`),
  );
  const head = make("tr");
  head.append(make("td"), ...columns.names.map((name) => header(name, "col")));
  table.createTHead().append(head);
  const body = table.createTBody();
  for (const [i, name] of rows.names.entries()) {
    const line = make("tr");
    line.append(header(name, "row"));
    for (let j = 0; j < columns.names.length; j++) {
      const { value, error, reason } = cellText(view.metric, i * columns.names.length + j);
      const cell = make("td", value === "undefined" ? "undefined" : "", error === "" ? value : `${value} ± ${error}`);
      if (reason !== "") cell.title = reason;
      line.append(cell);
    }
    body.append(line);
  }
  return table;
}

function bar(share: number): HTMLElement {
  const track = make("span", "share");
  const fill = make("span");
  fill.style.width = `${Math.max(0, Math.min(1, share)) * 100}%`;
  track.append(fill);
  return track;
}

/** Whether names alone leave open which file or model a layer is of. */
function several(axis: Model["rows"]): boolean {
  return new Set(axis.groups.map(({ label }) => label)).size > 1;
}

/** For each row layer the closest column layer, and the runner-up. `choose` is called when a line is clicked. */
export function closestTable(model: Model, view: View, choose: (row: number, column: number) => void): HTMLElement {
  const { rows, columns } = model;
  const { metric } = view;
  const table = make("table", "closest");
  const head = make("tr");
  for (const title of ["Layer", "Closest", "Value", "Next"]) head.append(header(title, "col"));
  table.createTHead().append(head);
  const body = table.createTBody();
  for (const [row, { best, second }] of metric.closest.entries()) {
    const line = make("tr");
    const own = header(rows.names[row] ?? "", "row");
    if (several(rows)) own.append(make("small", "", sourceOf(rows, row)));
    line.append(own);
    if (best < 0) {
      const none = make("td", "undefined", "no value in this row");
      none.colSpan = 3;
      line.append(none);
      body.append(line);
      continue;
    }
    const at = (column: number): number => metric.values[row * columns.names.length + column] ?? Number.NaN;
    const match = make("td", "name");
    const button = make("button", "match");
    button.type = "button";
    button.append(make("bdi", "", columns.names[best] ?? ""));
    if (several(columns)) button.append(make("small", "", sourceOf(columns, best)));
    button.addEventListener("click", () => choose(row, best));
    match.append(button);
    const value = make("td", "figure");
    // A distance has no length that would mean near.
    if (metric.upper !== null && !metric.distance) value.append(bar(at(best) / metric.upper));
    value.append(typographic(formatValue(at(best), metric.bounded)));
    const next = make("td", "next");
    if (second >= 0)
      next.append(
        make("bdi", "", columns.names[second] ?? ""),
        ` ${typographic(formatValue(at(second), metric.bounded))}`,
      );
    line.append(match, value, next);
    body.append(line);
  }
  return table;
}
