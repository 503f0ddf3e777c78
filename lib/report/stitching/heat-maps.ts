import type { StitchDirection, StitchedPair, StitchingResult } from "../../stitching-result.ts";
import { formatValue, typographic } from "../format.ts";
import { hexColour } from "../colours.ts";
import type { Scale } from "../scale.ts";
import { escaped } from "../svg/markup.ts";
import { belowZero, heatMap } from "../svg/heat-map.ts";
import { excessScale } from "./excess-scale.ts";
import { directionName, layerNamesOf, networkNames, pairName } from "./names.ts";
import { type RowSet, rowSetText } from "./row-sets.ts";
import { stitchingsOn } from "./stitchings.ts";
import { ratioOf } from "./tightness.ts";
import { timesText } from "./times-text.ts";

const signs: Readonly<Record<StitchedPair["way"], string>> = { forward: "▸▸", level: "", backward: "◂◂" };

const belowZeroSwatch = `<svg class="swatch inline" viewBox="0 0 11 11" aria-hidden="true"><rect width="11" height="11" rx="2" fill="#${hexColour(belowZero)}"/></svg>`;

function shown(value: number): string {
  return typographic(formatValue(value, false));
}

function told(result: StitchingResult, direction: StitchDirection, pair: StitchedPair, set: RowSet): string {
  const name = `${pairName(result, direction, pair)} (${pair.way})`;
  const found = pair[set];
  if (found === null) return `${name}: undefined, ${pair.reason ?? "no reason given"}`;
  const bound =
    found.bound < Infinity ? `${shown(found.bound)} (${timesText(ratioOf(found))} the risk)` : "none, κ is not known";
  const accuracy = found.accuracy === null ? "" : `\naccuracy ${shown(found.accuracy)}`;
  return `${name}\nexcess ${shown(found.excess)}\nstitched risk ${shown(found.risk)}, own ${shown(found.ownRisk)}${accuracy}\nbound ${bound}`;
}

function directionMap(result: StitchingResult, direction: StitchDirection, set: RowSet, scale: Scale): string {
  const names = networkNames(result);
  const title = `Excess stitching risk, ${directionName(result, direction)}, ${rowSetText(result, set)}`;
  const svg = heatMap({
    title,
    rows: { label: `from ${names[direction.from]}`, names: layerNamesOf(result, direction.from) },
    columns: { label: `into ${names[direction.to]}`, names: layerNamesOf(result, direction.to) },
    cells: direction.pairs.map((pair) => ({
      value: pair[set]?.excess ?? NaN,
      exists: pair[set] !== null,
      title: told(result, direction, pair, set),
      region: pair.way,
      sign: signs[pair.way],
    })),
    scale,
    hatched: result.directions.some(({ pairs }) => pairs.some((pair) => pair[set] === null)),
  });
  return `<figure><figcaption>${escaped(directionName(result, direction))}${baselineBadge(result, direction)}</figcaption>${svg}${matrixTable(result, direction, set, title)}</figure>`;
}

function baselineBadge({ networks }: StitchingResult, { from }: StitchDirection): string {
  return networks[from]!.baseline ? ' <span class="badge">untrained source</span>' : "";
}

/** The same numbers for those who read tables. */
function matrixTable(result: StitchingResult, direction: StitchDirection, set: RowSet, title: string): string {
  const [rows, columns] = [layerNamesOf(result, direction.from), layerNamesOf(result, direction.to)];
  const head = columns.map((name) => `<th scope="col">${escaped(name)}</th>`).join("");
  const body = rows.map((name, i) => {
    const cells = direction.pairs.slice(i * columns.length, (i + 1) * columns.length).map((pair) => {
      const found = pair[set];
      return found === null ? '<td class="undefined">undefined</td>' : `<td>${shown(found.excess)}</td>`;
    });
    return `<tr><th scope="row">${escaped(name)}</th>${cells.join("")}</tr>`;
  });
  return `<details><summary>as a table</summary><div class="scroll" tabindex="0" role="region" aria-label="${escaped(title)}"><table class="values"><thead><tr><td></td>${head}</tr></thead><tbody>${body.join("")}</tbody></table></div></details>`;
}

function reasons(result: StitchingResult, set: RowSet): string {
  const missing = result.directions.flatMap((direction) =>
    direction.pairs
      .filter((pair) => pair[set] === null)
      .map(
        (pair) =>
          `${directionName(result, direction)}, ${pairName(result, direction, pair)}: ${pair.reason ?? "no reason given"}`,
      ),
  );
  if (missing.length === 0) return "";
  const most = 12;
  const items = missing.slice(0, most).map((text) => `<li>${escaped(text)}</li>`);
  if (missing.length > most) items.push(`<li>… and ${missing.length - most} more: stitching.csv has all reasons</li>`);
  return `<p class="hint">Hatched: there is no stitcher.</p><ul class="hint">${items.join("")}</ul>`;
}

/** Excess stitching risk of all pairs, a map a direction, all in one scale of colour. */
export function excessMaps(result: StitchingResult, set: RowSet): string {
  const scale = excessScale(stitchingsOn(result, set).map(({ evaluation }) => evaluation.excess));
  const maps = result.directions.map((direction) => directionMap(result, direction, set, scale));
  const steps = scale.logarithmic
    ? `Equal ratios are equal steps of colour; ${belowZeroSwatch} below 0, better than the network stitched into.`
    : "Equal differences are equal steps of colour.";
  return `<p class="hint">R(stitched) − R(own) on ${escaped(rowSetText(result, set))}. Rows: the layer stitched from; columns: the layer stitched into. ${steps} The line parts three ways by relative depth: upper right <b>forward</b> (▸▸ layers are skipped), along the diagonal <b>level</b>, lower left <b>backward</b> (◂◂ depth is gone over again).</p><div class="maps">${maps.join("")}</div>${reasons(result, set)}`;
}
