import type { StitchingResult } from "../../stitching-result.ts";
import { colourOf, hexColour } from "../colours.ts";
import { formatTick, formatValue } from "../format.ts";
import { plural } from "../html/plural.ts";
import type { Scale } from "../scale.ts";
import { escaped } from "../svg/markup.ts";
import { scatter } from "../svg/scatter.ts";
import { directionName, pairName } from "./names.ts";
import { type RowSet, rowSetText } from "./row-sets.ts";
import { directionLegend, directionMarker } from "./series.ts";
import { stitchingsOn } from "./stitchings.ts";
import { medianOf, ratioOf, tightnessOf } from "./tightness.ts";
import { timesText } from "./times-text.ts";

const ramp: Scale = { id: "full", low: 0, high: 1, logarithmic: false };

/** From early to late; the ends of the ramp vanish into a light or a dark ground. */
function depthColour(depth: number): string {
  return `#${hexColour(colourOf(0.15 + 0.72 * depth, ramp))}`;
}

function sentence(result: StitchingResult, set: RowSet): string {
  const { pairs, violations, unbounded, median, least, greatest } = tightnessOf(
    stitchingsOn(result, set).map(({ evaluation }) => evaluation),
  );
  const above = `<b>${violations.toLocaleString("en-US")} of ${pairs.toLocaleString("en-US")} above the diagonal</b>${violations === 0 ? ", as it must be" : ": a violation, which rounding does not explain (κ given on someone's word and too small, or a bug)"}.`;
  const none =
    unbounded === 0 ? "" : ` ${plural(unbounded, "pair has", "pairs have")} no bound, since the head has no known κ.`;
  if (median === null || least === null || greatest === null) return `${above}${none}`;
  return `${above} The bound is ${timesText(median)} the measured risk in the median (from ${timesText(least)} to ${timesText(greatest)}; ×1 would be tight).${none}`;
}

/** Median of bound/risk by the layer stitched into: where along the networks the bound still says something. */
function byDepth(result: StitchingResult, set: RowSet): string {
  const groups = new Map<number, number[]>();
  for (const { direction, pair, evaluation } of stitchingsOn(result, set)) {
    const depth = result.networks[direction.to]!.layers[pair.to]!.depth;
    if (evaluation.bound < Infinity) groups.set(depth, [...(groups.get(depth) ?? []), ratioOf(evaluation)]);
  }
  if (groups.size === 0) return "";
  const depths = [...groups.keys()].toSorted((a, b) => a - b);
  const rows = depths.map((depth) => {
    const ratios = groups.get(depth)!;
    const swatch = `<svg class="swatch" viewBox="0 0 11 11" aria-hidden="true"><rect width="11" height="11" rx="3" fill="${depthColour(depth)}"/></svg>`;
    return `<tr><th scope="row">${swatch}${formatTick(depth)}</th><td>${ratios.length}</td><td>${timesText(medianOf(ratios)!)}</td><td>${timesText(Math.min(...ratios))}</td></tr>`;
  });
  return `<div class="scroll" tabindex="0" role="region" aria-label="Tightness by depth"><table><caption>bound/risk by the depth stitched into</caption><thead><tr><th scope="col">depth</th><th scope="col">pairs</th><th scope="col">median</th><th scope="col">least</th></tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}

/** Measured stitched risk against theorem 1's bound, both logarithmic, with the diagonal that no point may cross. */
export function boundScatter(result: StitchingResult, set: RowSet): string {
  const points = stitchingsOn(result, set).map(({ index, direction, pair, evaluation }) => {
    const { risk, bound } = evaluation;
    const depth = result.networks[direction.to]!.layers[pair.to]!.depth;
    return {
      x: bound,
      y: risk,
      colour: depthColour(depth),
      marker: directionMarker(index),
      title: `${directionName(result, direction)}\n${pairName(result, direction, pair)}\nrisk ${formatValue(risk, false)}, bound ${formatValue(bound, false)} (${timesText(ratioOf(evaluation))})`,
    };
  });
  const chart = scatter(
    `Measured risk against its bound, ${rowSetText(result, set)}`,
    { label: "bound (√R + κ√Ã)²", logarithmic: true },
    { label: "measured stitched risk", logarithmic: true },
    points,
    { diagonal: true },
  );
  const legend = directionLegend(result, null, () => "");
  return `<p>${sentence(result, set)}</p>${chart}${legend}<p class="hint">Colour: depth of the layer stitched into. On ${escaped(rowSetText(result, set))}.</p>${byDepth(result, set)}`;
}
