import { styleText } from "node:util";
import type { MetricEntry } from "../../catalogue.ts";
import type { Invariances } from "../../metrics/metric.ts";
import { familyLabels } from "../../report/families.ts";
import { wrap } from "../wrap.ts";
import type { CatalogueTextOptions } from "./list-text.ts";
import { presetsWith } from "./presets-with.ts";
import { costSentences, invarianceWords, rangeWords } from "./words.ts";

const paper = "Insulla, Huang and Rosasco 2025, Towards a Learning Theory of Representation Alignment";

function senseOf({ sense, range }: MetricEntry): string {
  const meaning = sense === "similarity" ? "greater is more alike" : "smaller is more alike";
  return `${sense} (${meaning}), ${rangeWords(range)}`;
}

function directionOf({ symmetric }: MetricEntry): string {
  return symmetric
    ? "symmetric: (a, b) and (b, a) have one value"
    : "directed: forward goes from the row layer to the column layer, backward the other way";
}

function under(invariances: Invariances, wanted: boolean): string {
  const names = (Object.keys(invarianceWords) as (keyof Invariances)[]).filter((name) => invariances[name] === wanted);
  return names.map((name) => invarianceWords[name]).join("; ");
}

function rowsOf(entry: MetricEntry): [term: string, text: string][] {
  const { id, variants, parameters, kernel, invariances, section } = entry;
  const rows: [string, string][] = [
    ["formula", entry.formula],
    ["value", senseOf(entry)],
    ["direction", directionOf(entry)],
  ];
  if (variants.length > 0) {
    rows.push(["variants", variants.map((name, k) => `${id}.${name}${k === 0 ? " (the default)" : ""}`).join(", ")]);
  }
  for (const [k, parameter] of parameters.entries()) {
    rows.push([k === 0 ? "parameters" : "", `${parameter.name}=${parameter.default}: ${parameter.summary}`]);
  }
  rows.push([
    "kernel",
    kernel === null ? "none: it is of the features themselves" : `${kernel}, unless --kernel says otherwise`,
  ]);
  rows.push(["unchanged by", under(invariances, true)]);
  const changed = under(invariances, false);
  if (changed !== "") rows.push(["changed by", changed]);
  rows.push(["cost", costSentences[entry.cost]]);
  const presets = presetsWith(id);
  if (presets.length > 0) rows.push(["presets", presets.join(", ")]);
  rows.push(["source", entry.source]);
  if (section !== null) rows.push(["section", `${section} of ${paper}`]);
  return rows;
}

/** Everything about one metric, for people. */
export function metricText(entry: MetricEntry, { width, colour }: CatalogueTextOptions): string {
  const bold = (text: string): string => (colour ? styleText("bold", text) : text);
  const rows = rowsOf(entry);
  const column = 2 + Math.max(...rows.map(([term]) => term.length)) + 2;
  const lines = rows.flatMap(([term, text]) =>
    wrap(text, width - column).map((line, k) => `${(k === 0 ? `  ${term}` : "").padEnd(column)}${line}`),
  );
  return [
    `${bold(entry.id)}  ${entry.label}  (${familyLabels[entry.family]})`,
    ...wrap(entry.summary, width - 2).map((line) => `  ${line}`),
    "",
    ...lines,
  ].join("\n");
}
