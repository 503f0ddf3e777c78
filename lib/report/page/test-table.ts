import { make } from "./dom.ts";
import { cellText, factsOf } from "./facts.ts";
import type { Model } from "./model.ts";
import type { View } from "./state.ts";
import { header } from "./tables.ts";

/** A longer table would be read by programs, and they have pairs.csv. */
const mostLines = 5000;

/** One line a pair of layers: its value and all that a test and intervals say of it. */
export function testTable(model: Model, view: View): HTMLElement {
  const { rows, columns } = model;
  const { metric } = view;
  if (rows.names.length * columns.names.length > mostLines) {
    return make("p", "hint", "Too many pairs for a table in a page: pairs.csv, beside this file, has all of them.");
  }
  const table = make("table", "tests");
  table.append(make("caption", "", metric.label));
  const head = make("tr");
  const facts = factsOf(metric);
  const sides = metric.directed ? ["From", "To"] : ["Row", "Column"];
  head.append(...[...sides, "Value", ...facts.map(({ title }) => title)].map((title) => header(title, "col")));
  table.createTHead().append(head);
  const body = table.createTBody();
  for (const [i, row] of rows.names.entries()) {
    for (const [j, column] of columns.names.entries()) {
      // Of a mirror image one half says all.
      if (model.symmetric && !metric.directed && j < i) continue;
      const index = i * columns.names.length + j;
      const { value, error } = cellText(metric, index);
      const line = make("tr");
      const other = make("td", "name");
      other.append(make("bdi", "", column));
      line.append(header(row, "row"), other, make("td", "", error === "" ? value : `${value} ± ${error}`));
      for (const { text } of facts) line.append(make("td", "", text(index) === "" ? "–" : text(index)));
      body.append(line);
    }
  }
  return table;
}
