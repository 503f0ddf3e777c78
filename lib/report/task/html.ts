import { createHash } from "node:crypto";

import type { LayerTask, TaskAlignment } from "../../task-result.ts";
import type { ReportEnvironment } from "../environment.ts";
import { duration } from "../html/units.ts";
import { pageStyle } from "../page-source.ts";
import { element, escaped } from "../svg/markup.ts";
import { type ChartLine, lineChart } from "../svg/line-chart.ts";
import { taskDefinitions } from "./definitions.ts";
import { layerColours } from "./layer-colours.ts";
import { layerLabels, taskHeader, taskReasons, taskRows } from "./rows.ts";

const chartStyle = `
.chart { display: block; width: 100%; height: auto; color: var(--soft); }
.chart .grid { stroke: var(--line); stroke-width: 1; }
.chart .curve { fill: none; stroke-width: 1.75; stroke-linejoin: round; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr)); gap: 20px; margin-bottom: 20px; }
.swatch { width: 11px; height: 11px; margin-right: 8px; }
.whole { max-height: none; }
main > .card { margin-bottom: 20px; }
`;

function card(id: string, title: string, content: string): string {
  return `<section class="card" aria-labelledby="${id}"><h2 id="${id}">${escaped(title)}</h2>${content}</section>`;
}

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

function settings(data: TaskAlignment, environment: ReportEnvironment): string {
  const entries: (readonly [string, unknown])[] = [
    ...Object.entries(data.options),
    ["gramian", environment.version],
    ["created", environment.created],
    ...(environment.command === null ? [] : [["command", environment.command] as const]),
    ["system", `${environment.os}, ${environment.cpu}, Node.js ${environment.node}`],
  ];
  const shown = (value: unknown): string => (Array.isArray(value) ? value.join(", ") : String(value));
  return `<dl>${entries.map(([name, value]) => `<dt>${escaped(name)}<dd>${escaped(shown(value))}`).join("")}</dl>`;
}

function plural(count: number, one: string, many: string): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
}

/**
 * The report of a task as one HTML file without references to anything outside and without a script: the table, the curves as SVG,
 * definitions and settings. Names are escaped as text, and the content security policy lets no script and no style but this very one take effect.
 */
export function taskHtml(data: TaskAlignment, environment: ReportEnvironment, given?: string): string {
  const style = pageStyle + chartStyle;
  const hash = createHash("sha256").update(style).digest("base64");
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  const { samples, kernel, targets, layers } = data;
  const title = given ?? `${plural(layers.length, "layer", "layers")} against ${targets.name}`;
  const columns =
    targets.classes === null
      ? plural(targets.columns, "target column", "target columns")
      : plural(targets.columns, "class", "classes");
  const facts = [plural(samples, "sample", "samples"), columns, `${kernel} kernel`];
  const total = data.timings["total"];
  if (total !== undefined) facts.push(duration(total));
  const colours = layerColours(layers.length);
  const definitions = taskDefinitions.map(
    ([name, formula, meaning]) =>
      `<article><h3>${escaped(name)}</h3><p><code>${escaped(formula)}</code></p><p>${escaped(meaning)}</p></article>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="gramian ${escaped(environment.version)}">
<title>${escaped(title)} – gramian</title>
<style>${style}</style>
</head>
<body>
<header class="top">
<p class="brand">gramian task</p>
<h1>${escaped(title)}</h1>
<p class="summary">${facts.map(escaped).join(" · ")}</p>
</header>
<main>
${card("layers", "Layers", table(data, colours))}
${charts(data, colours)}
${card("definitions", "Definitions", `<div class="entries">${definitions.join("")}</div>`)}
${card("settings", "Settings", `<div class="settings"><div>${settings(data, environment)}</div></div>`)}
</main>
<footer>Beside this file: <a href="results.json">results.json</a> with every number and setting, <a href="layers.csv">layers.csv</a> and <a href="curves.csv">curves.csv</a> for tables and data frames.</footer>
</body>
</html>
`;
}
