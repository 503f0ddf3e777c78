import type { LayerTask, TaskAlignment } from "../../task-result.ts";
import type { ReportEnvironment } from "../environment.ts";
import { chartStyle } from "../html/chart-style.ts";
import { definitionEntries } from "../html/entries.ts";
import { factList, madeWith } from "../html/made-with.ts";
import { plural } from "../html/plural.ts";
import { card, staticPage } from "../html/static-page.ts";
import { duration } from "../html/units.ts";
import { element, escaped } from "../svg/markup.ts";
import { type ChartLine, lineChart } from "../svg/line-chart.ts";
import { taskDefinitions } from "./definitions.ts";
import { layerColours } from "./layer-colours.ts";
import { layerLabels, taskHeader, taskReasons, taskRows } from "./rows.ts";

function table(data: TaskAlignment, colours: readonly string[]): string {
  const head = taskHeader(data).map((name) => `<th scope="col">${escaped(name)}</th>`);
  const rows = taskRows(data).map(([name = "", ...cells], i) => {
    const dot = element("rect", { width: 11, height: 11, rx: 3, fill: colours[i]! });
    const swatch = element("svg", { class: "swatch", viewBox: "0 0 11 11", "aria-hidden": "true" }, dot);
    return `<tr><th scope="row">${swatch}${escaped(name)}</th>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join("")}</tr>`;
  });
  const reasons = taskReasons(data).map((reason) => `<li>${escaped(reason)}</li>`);
  const missing =
    reasons.length === 0 ? "" : `<p class="hint">– does not exist:</p><ul class="hint">${reasons.join("")}</ul>`;
  return `<div class="scroll whole" tabindex="0" role="region" aria-label="Layers"><table><thead><tr>${head.join("")}</tr></thead><tbody>${rows.join("")}</tbody></table></div>${missing}`;
}

type Curve = (layer: LayerTask) => Omit<ChartLine, "name" | "colour">;

function lines(data: TaskAlignment, colours: readonly string[], curve: Curve): ChartLine[] {
  const names = layerLabels(data);
  return data.layers.map((layer, i) => ({ name: names[i]!, colour: colours[i]!, ...curve(layer) }));
}

function charts(data: TaskAlignment, colours: readonly string[]): string {
  const counts = (layer: LayerTask): Float64Array => Float64Array.from(layer.eigenvalues, (_, i) => i + 1);
  const kare = lineChart(
    "KARE against λ",
    { label: "λ", logarithmic: true },
    { label: "KARE", logarithmic: false, includes: [0] },
    lines(data, colours, ({ lambdas, kare: y, best }) => {
      return { x: lambdas, y, ...(best === null ? {} : { mark: lambdas.indexOf(best.lambda) }) };
    }),
  );
  const power = lineChart(
    "Cumulative power against the number of eigenvectors",
    { label: "leading eigenvectors m", logarithmic: true },
    { label: "C(m)", logarithmic: false, includes: [0, 1] },
    lines(data, colours, (layer) => ({ x: counts(layer), y: layer.cumulativePower })),
  );
  const source = lineChart(
    "Source condition against r",
    { label: "exponent r", logarithmic: false },
    { label: "Σ ‖φᵀY‖² / η^2r", logarithmic: true },
    lines(data, colours, ({ sourceCondition }) => ({ x: data.exponents, y: sourceCondition })),
  );
  const spectrum = lineChart(
    "Eigenvalues",
    { label: "i", logarithmic: true },
    { label: "eigenvalue η of K/n", logarithmic: true },
    lines(data, colours, (layer) => ({ x: counts(layer), y: layer.eigenvalues })),
  );
  return `<div class="charts">${[
    card("kare", "KARE: the error to expect on new samples, by λ", kare),
    card("power", "How many directions the task takes", power),
    card("source", "How smooth the task is to the kernel", source),
    card("spectrum", "The spectra", spectrum),
  ].join("")}</div>`;
}

/** The report of a task as one HTML file: the table, the curves as SVG, definitions and settings. */
export function taskHtml(data: TaskAlignment, environment: ReportEnvironment, given?: string): string {
  const { samples, kernel, targets, layers } = data;
  const columns =
    targets.classes === null
      ? plural(targets.columns, "target column", "target columns")
      : plural(targets.columns, "class", "classes");
  const facts = [plural(samples, "sample", "samples"), columns, `${kernel} kernel`];
  const total = data.timings["total"];
  if (total !== undefined) facts.push(duration(total));
  const colours = layerColours(layers.length);
  const settings = factList([...Object.entries(data.options), ...madeWith(environment)]);
  return staticPage({
    title: given ?? `${plural(layers.length, "layer", "layers")} against ${targets.name}`,
    brand: "gramian task",
    facts,
    version: environment.version,
    style: chartStyle,
    content: [
      card("layers", "Layers", table(data, colours)),
      charts(data, colours),
      card("definitions", "Definitions", definitionEntries(taskDefinitions)),
      card("settings", "Settings", `<div class="settings"><div>${settings}</div></div>`),
    ].join("\n"),
    footer:
      'Beside this file: <a href="results.json">results.json</a> with every number and setting, <a href="layers.csv">layers.csv</a> and <a href="curves.csv">curves.csv</a> for tables and data frames.',
  });
}
