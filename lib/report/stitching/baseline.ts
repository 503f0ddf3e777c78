import type { StitchDirection, StitchedPair, StitchingResult } from "../../stitching-result.ts";
import { formatValue, typographic } from "../format.ts";
import { escaped } from "../svg/markup.ts";
import { type DotRow, dotRows } from "../svg/dot-rows.ts";
import { layerColours } from "../task/layer-colours.ts";
import { layerNamesOf, networkNames, pairName } from "./names.ts";
import { type RowSet, rowSetText } from "./row-sets.ts";
import { legend } from "./series.ts";

interface Best {
  readonly direction: StitchDirection;
  readonly pair: StitchedPair;
  readonly risk: number;
}

/** The least stitched risk into a layer, from whichever layer it comes. */
function bestInto(direction: StitchDirection, layer: number, set: RowSet): Best | null {
  let best: Best | null = null;
  for (const pair of direction.pairs) {
    const risk = pair.to === layer ? pair[set]?.risk : undefined;
    if (risk !== undefined && (best === null || risk < best.risk)) best = { direction, pair, risk };
  }
  return best;
}

function shown(value: number | undefined): string {
  return value === undefined ? "–" : typographic(formatValue(value, false));
}

function comparisonInto(result: StitchingResult, target: number, set: RowSet): string {
  const into = (baseline: boolean): StitchDirection | undefined =>
    result.directions.find(({ from, to }) => to === target && result.networks[from]!.baseline === baseline);
  const [trained, untrained] = [into(false), into(true)];
  if (trained === undefined || untrained === undefined) return "";
  const names = networkNames(result);
  const own = result.networks[target]![set]?.risk;
  const [blue, orange, , green] = layerColours(4);
  const found = layerNamesOf(result, target).map((name, layer) => ({
    name,
    trained: bestInto(trained, layer, set),
    untrained: bestInto(untrained, layer, set),
  }));
  const titleOf = (best: Best): string =>
    `${names[best.direction.from]}, ${pairName(result, best.direction, best.pair)}: ${shown(best.risk)}`;
  const rows = found.map(({ name, trained: one, untrained: other }): DotRow => ({
    label: name,
    dots: [
      ...(own === undefined
        ? []
        : [{ value: own, colour: green!, marker: "square" as const, title: `${names[target]} itself: ${shown(own)}` }]),
      ...(one === null ? [] : [{ value: one.risk, colour: blue!, marker: "circle" as const, title: titleOf(one) }]),
      ...(other === null ? [] : [{ value: other.risk, colour: orange!, marker: "up" as const, title: titleOf(other) }]),
    ],
  }));
  const chart = dotRows(
    `Best stitched risk into ${names[target]}, ${rowSetText(result, set)}`,
    { label: "stitched risk", logarithmic: true },
    rows,
  );
  const signs = legend([
    { marker: "square", colour: green!, text: `${names[target]} itself` },
    { marker: "circle", colour: blue!, text: `best from ${names[trained.from]}, trained` },
    { marker: "up", colour: orange!, text: `best from ${names[untrained.from]}, untrained` },
  ]);
  const lines = found.map(({ name, trained: one, untrained: other }) => {
    const cells = [
      one === null ? "–" : pairName(result, trained, one.pair),
      shown(one?.risk),
      other === null ? "–" : pairName(result, untrained, other.pair),
      shown(other?.risk),
      one === null || other === null ? "–" : shown(other.risk - one.risk),
    ];
    return `<tr><th scope="row">${escaped(name)}</th>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join("")}</tr>`;
  });
  const head = ["into", "best trained", "risk", "best untrained", "risk", "what training of the source is worth"];
  return `<figure><figcaption>into ${escaped(names[target]!)}</figcaption>${chart}${signs}<details><summary>as a table</summary><div class="scroll" tabindex="0" role="region" aria-label="Best stitched risk into ${escaped(names[target]!)}"><table><thead><tr>${head.map((name) => `<th scope="col">${name}</th>`).join("")}</tr></thead><tbody>${lines.join("")}</tbody></table></div></details></figure>`;
}

/** The least stitched risk into each layer, from the trained network beside the untrained one. */
export function baselineComparison(result: StitchingResult, set: RowSet): string {
  if (!result.networks.some(({ baseline }) => baseline)) {
    return '<p class="hint">No untrained network was given. A stitcher is fitted too, and can make something even of random features: without a baseline nobody can tell how much of a low stitched risk the source network has earned (<code>gramian bounds … --baseline R.safetensors</code>).</p>';
  }
  const targets = [0, 1].map((target) => comparisonInto(result, target, set));
  return `<p>A stitcher is fitted too, and makes something even of the features of an untrained network. Only what lies below that is the source network’s own merit.</p><div class="maps">${targets.join("")}</div><p class="hint">The least stitched risk over all layers of the source, on ${escaped(rowSetText(result, set))}.</p>`;
}
