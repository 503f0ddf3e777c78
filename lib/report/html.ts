import { createHash } from "node:crypto";

import type { ComparisonData } from "../result.ts";
import type { ReportEnvironment } from "./environment.ts";
import { controls } from "./html/controls.ts";
import { definitions, metricNotes } from "./html/definitions.ts";
import { layerTables } from "./html/layers.ts";
import { pageData } from "./html/page-data.ts";
import { duration } from "./html/units.ts";
import { settings } from "./html/settings.ts";
import { reportSummary, reportTitle } from "./html/title.ts";
import { withoutScript } from "./html/without-script.ts";
import { pageScript, pageStyle } from "./page-source.ts";
import { escaped } from "./svg/markup.ts";

export interface ReportOptions {
  /** Title of the report instead of the names of what is compared. */
  readonly title?: string;
}

/** Up to this many columns the heat map leaves room for the closest layers beside it. */
const narrow = 16;

function hash(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

/** JSON that cannot end the element it stands in, nor open a comment there. */
function embedded(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

/**
 * The report as one HTML file without references to anything outside: heat maps, tables, settings, and the script that moves them.
 *
 * Whatever the layers are called, nothing in them runs: names are escaped as text on the way in, the script writes text and never
 * markup, and the content security policy lets only this very script and style sheet (by their hashes) and images in data: URLs
 * take effect, so the page can neither run nor fetch anything else.
 */
export function toHtml(data: ComparisonData, environment: ReportEnvironment, options: ReportOptions = {}): string {
  const policy = [
    "default-src 'none'",
    `script-src ${hash(pageScript)}`,
    `style-src ${hash(pageStyle)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const title = options.title ?? reportTitle(data);
  const total = data.timings["total"];
  const facts = [reportSummary(data), ...(total === undefined ? [] : [duration(total)]), day(environment.created)];

  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="gramian ${escaped(environment.version)}">
<title>${escaped(title)} – gramian</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 3 3'%3E%3Cpath fill='%23440154' d='M0 0h3v3H0z'/%3E%3Cpath fill='%23fde725' d='M0 0h1v1H0zM1 1h1v1H1zM2 2h1v1H2z'/%3E%3Cpath fill='%2321918c' d='M1 0h1v1H1zM0 1h1v1H0zM2 1h1v1H2zM1 2h1v1H1z'/%3E%3C/svg%3E">
<style>${pageStyle}</style>
</head>
<body>
<header class="top">
<p class="brand"><svg viewBox="0 0 3 3" width="18" height="18" aria-hidden="true"><path fill="#440154" d="M0 0h3v3H0z"/><path fill="#21918c" d="M1 0h1v1H1zM0 1h1v1H0zM2 1h1v1H2zM1 2h1v1H1z"/><path fill="#fde725" d="M0 0h1v1H0zM1 1h1v1H1zM2 2h1v1H2z"/></svg> gramian</p>
<h1>${escaped(title)}</h1>
<p class="summary">${facts.map(escaped).join(" · ")}</p>
</header>
<main>
${warnings(data)}
<p id="failure" class="warning" hidden></p>
<div class="${data.columns.length <= narrow ? "beside" : "below"}">
<section class="card" aria-labelledby="map-title">
<h2 id="map-title">Every pair of layers <span id="direction" class="badge" hidden>row → column</span></h2>
${controls(data.matrices)}
${metricNotes(data.matrices)}
<div id="legend" class="scripted-only">
<div class="scale"><canvas id="bar" aria-hidden="true"></canvas><span id="pointer" hidden></span><div id="ticks" aria-hidden="true"></div></div>
<p id="same" class="sign" hidden>0 = the same</p>
<p id="infinite" class="sign" hidden><span aria-hidden="true">∞</span><span id="infinite-count"></span></p>
<p id="missing" class="sign" hidden><span class="hatched" aria-hidden="true"></span><span id="missing-count"></span></p>
</div>
<p id="scale-note" class="hint"></p>
<div id="room" class="scripted-only">
<div id="plot" tabindex="0" role="application" aria-roledescription="heat map" aria-label="Heat map, ${data.rows.length} rows and ${data.columns.length} columns of layers" aria-describedby="map-help">
<div id="labels"></div><canvas id="cells" aria-hidden="true"></canvas><div id="ring" hidden></div>
<div id="row-chip" class="chip" hidden></div><div id="column-chip" class="chip" hidden></div>
<div id="tooltip" role="tooltip" hidden></div>
</div>
</div>
<p id="map-help" class="hint scripted-only">Point at a cell, or focus the map: arrow keys move by a cell, with Ctrl to the edge; Home and End go to the ends of a row, Page Up and Page Down ten steps down the rows.</p>
<p id="live" class="unseen" aria-live="polite"></p>
<noscript>${withoutScript(data)}</noscript>
<details id="values" class="scripted-only"><summary>All values as a table</summary><div id="value-table" class="scroll" tabindex="0" role="region" aria-label="All values"></div></details>
<details id="tests" class="scripted-only" hidden><summary>Tests and intervals of every pair</summary><div id="test-table" class="scroll" tabindex="0" role="region" aria-label="Tests and intervals"></div></details>
</section>
<section id="closest" class="card scripted-only" aria-labelledby="closest-title">
<h2 id="closest-title">Closest layer</h2>
<p id="closest-none" class="hint" hidden>The values of this metric have no upper end and grow with the size or the scale of the features, so the greatest one does not say which layer is the most alike.</p>
<p id="closest-hint" class="hint">For each row layer${data.symmetric ? ", the other layer" : ", the column layer"} with the <span id="closest-is">highest</span> value in the metric shown.</p>
<div id="closest-table" class="scroll" tabindex="0" role="region" aria-labelledby="closest-title"></div>
</section>
</div>
<section class="card" aria-labelledby="layers-title">
<h2 id="layers-title">Layers</h2>
<div class="layer-tables">${layerTables(data)}</div>
</section>
<section class="card" aria-labelledby="settings-title">
<h2 id="settings-title">Settings</h2>
<div class="settings">${settings(data, environment)}</div>
</section>
<section class="card" aria-labelledby="definitions-title">
<h2 id="definitions-title">Definitions</h2>
${definitions(data.matrices)}
</section>
</main>
<footer>Beside this file: <a href="results.json">results.json</a> with every number and setting, <a href="pairs.csv">pairs.csv</a> for tables and data frames, and one SVG heat map a metric.</footer>
<script type="application/json" id="comparison">${embedded(pageData(data))}</script>
<script type="module">${pageScript}</script>
</body>
</html>
`;
}

/** `14 March 2026` of an ISO 8601 time; a text that is none stays as it is. */
function day(time: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return time;
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(date);
}

function warnings(data: ComparisonData): string {
  if (data.warnings.length === 0) return "";
  const items = data.warnings.map(({ code, message }) => `<li>${escaped(message)} <code>${escaped(code)}</code></li>`);
  const title = data.warnings.length === 1 ? "One thing to know first" : `${data.warnings.length} things to know first`;
  return `<section class="warning" aria-labelledby="warnings-title"><h2 id="warnings-title">${title}</h2><ul>${items.join("")}</ul></section>`;
}
