import type { StitchingResult } from "../../stitching-result.ts";
import type { ReportEnvironment } from "../environment.ts";
import { chartStyle } from "../html/chart-style.ts";
import { definitionEntries } from "../html/entries.ts";
import { factList, madeWith } from "../html/made-with.ts";
import { plural } from "../html/plural.ts";
import { card, staticPage } from "../html/static-page.ts";
import { duration } from "../html/units.ts";
import { hatching } from "../svg/cells.ts";
import { escaped } from "../svg/markup.ts";
import { alignmentScatter } from "./alignment-scatter.ts";
import { baselineComparison } from "./baseline.ts";
import { boundScatter } from "./bound-scatter.ts";
import { stitchingDefinitions } from "./definitions.ts";
import { excessMaps } from "./heat-maps.ts";
import { networkNames } from "./names.ts";
import { networkTables } from "./network-tables.ts";
import { pairTable } from "./pair-table.ts";
import { readingGuide } from "./reading-guide.ts";
import { riskGaps } from "./risk-gap.ts";
import { type RowSet, rowSetsOf, rowSetText, tellingRows } from "./row-sets.ts";
import { stitchingStyle } from "./style.ts";

/** The switch of rows: radio buttons that the style sheet reads. Without a split there is nothing to switch. */
function rowSwitch(result: StitchingResult): string {
  const sets = rowSetsOf(result);
  if (sets.length < 2) return "";
  const chosen = tellingRows(result);
  const choices = sets.map((set) => {
    const checked = set === chosen ? " checked" : "";
    return `<label><input type="radio" name="rows" id="rows-${set}"${checked}><span>${escaped(rowSetText(result, set))}</span></label>`;
  });
  return `<div class="rows"><span>All figures on</span><fieldset class="switch"><legend>Rows that the figures are of</legend>${choices.join("")}</fieldset></div>`;
}

/** A part of the page for each set of rows, of which the switch shows one. */
function onEach(result: StitchingResult, part: (set: RowSet) => string): string {
  const sets = rowSetsOf(result);
  if (sets.length < 2) return part("fitted");
  return sets.map((set) => `<div class="on-${set}">${part(set)}</div>`).join("");
}

function settings(result: StitchingResult, environment: ReportEnvironment): string {
  const groups: readonly (readonly [string, readonly (readonly [string, unknown])[]])[] = [
    ["Options", Object.entries(result.options)],
    ["Timings", Object.entries(result.timings).map(([name, milliseconds]) => [name, duration(milliseconds)] as const)],
    ["Made with", madeWith(environment)],
  ];
  const lists = groups.map(([title, entries]) => `<div><h3>${title}</h3>${factList(entries)}</div>`);
  return `<div class="settings">${lists.join("")}</div>`;
}

function factsOf(result: StitchingResult): string[] {
  const { directions, stitcher, samples, rows, targets, timings } = result;
  const pairs = directions.reduce((sum, direction) => sum + direction.pairs.length, 0);
  const split = rows.heldOut > 0 ? ` (${rows.fitted.toLocaleString("en-US")} fitted on, seed ${rows.seed})` : "";
  const facts = [
    `${plural(pairs, "pair", "pairs")} of layers`,
    `${stitcher} stitcher`,
    `${plural(samples, "sample", "samples")}${split}`,
    `targets ${targets.name}, ${plural(targets.columns, "column", "columns")}`,
  ];
  const total = timings["total"];
  if (total !== undefined) facts.push(duration(total));
  return facts;
}

/** The report of a sweep of stitchings as one HTML file: maps, charts, tables behind them, definitions and settings. */
export function stitchingHtml(result: StitchingResult, environment: ReportEnvironment, given?: string): string {
  const [first, second] = networkNames(result);
  const sections = [
    card("guide", "How to read this", readingGuide(result)),
    card(
      "excess",
      "What stitching costs",
      onEach(result, (set) => excessMaps(result, set)),
    ),
    `<div class="charts">${[
      card(
        "bound",
        "Measured risk against its bound",
        onEach(result, (set) => boundScatter(result, set)),
      ),
      card(
        "alignment",
        "Does alignment order the costs?",
        onEach(result, (set) => alignmentScatter(result, set)),
      ),
    ].join("")}</div>`,
    card(
      "baseline",
      "What a stitcher learns by itself",
      onEach(result, (set) => baselineComparison(result, set)),
    ),
    card(
      "gap",
      "The gap of the two risks",
      onEach(result, (set) => riskGaps(result, set)),
    ),
    card("networks", "Networks and heads", networkTables(result)),
    card(
      "pairs",
      "All pairs",
      onEach(result, (set) => pairTable(result, set)),
    ),
    card("definitions", "Definitions", definitionEntries(stitchingDefinitions)),
    card("settings", "Settings", settings(result, environment)),
  ];
  const pattern = `<svg class="defs" width="0" height="0" aria-hidden="true"><defs>${hatching()}</defs></svg>`;
  return staticPage({
    title: given ?? `Stitching ${first} and ${second}`,
    brand: "gramian bounds",
    facts: factsOf(result),
    version: environment.version,
    style: chartStyle + stitchingStyle,
    content: `${pattern}${rowSwitch(result)}${sections.join("\n")}`,
    footer:
      'Beside this file: <a href="results.json">results.json</a> with every number and setting, <a href="stitching.csv">stitching.csv</a> with a line for each pair and set of rows.',
  });
}
