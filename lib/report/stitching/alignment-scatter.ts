import type { StitchingResult } from "../../stitching-result.ts";
import { formatValue, typographic } from "../format.ts";
import { escaped } from "../svg/markup.ts";
import { scatter } from "../svg/scatter.ts";
import { directionName, pairName } from "./names.ts";
import { type RowSet, rowSetText } from "./row-sets.ts";
import { directionColours, directionLegend, directionMarker } from "./series.ts";
import { spearman } from "./spearman.ts";
import { stitchingsOn } from "./stitchings.ts";

/** Spearman's correlation of CKA and excess over the pairs of a direction that have both. */
export function alignmentCorrelation(
  result: StitchingResult,
  set: RowSet,
  index: number,
): { readonly rho: number | null; readonly pairs: number } {
  const found = stitchingsOn(result, set).filter((one) => one.index === index && !Number.isNaN(one.pair.cka));
  const rho = spearman(
    found.map(({ pair }) => pair.cka),
    found.map(({ evaluation }) => evaluation.excess),
  );
  return { rho, pairs: found.length };
}

function rhoText(result: StitchingResult, set: RowSet, index: number): string {
  const { rho, pairs } = alignmentCorrelation(result, set, index);
  return rho === null
    ? `: no rank correlation (${pairs} pairs)`
    : `: ρ = ${typographic(rho.toFixed(2))} over ${pairs} pairs`;
}

/** Kernel alignment of two layers against what stitching them costs. */
export function alignmentScatter(result: StitchingResult, set: RowSet): string {
  const colours = directionColours(result);
  const found = stitchingsOn(result, set).filter(({ pair }) => !Number.isNaN(pair.cka));
  const logarithmic = found.length > 0 && found.every(({ evaluation }) => evaluation.excess > 0);
  const points = found.map(({ index, direction, pair, evaluation }) => ({
    x: pair.cka,
    y: evaluation.excess,
    colour: colours[index]!,
    marker: directionMarker(index),
    title: `${directionName(result, direction)}\n${pairName(result, direction, pair)}\nCKA ${formatValue(pair.cka, true)}, excess ${formatValue(evaluation.excess, false)}`,
  }));
  const chart = scatter(
    `Kernel alignment against excess stitching risk, ${rowSetText(result, set)}`,
    { label: "linear CKA, debiased", logarithmic: false, includes: [0, 1] },
    { label: "excess stitching risk", logarithmic, ...(logarithmic ? {} : { includes: [0] }) },
    points,
  );
  return `<p>If alignment ordered the costs of stitching, Spearman’s ρ would be −1 in each direction.</p>${chart}${directionLegend(result, colours, (index) => rhoText(result, set, index))}<p class="hint">CKA on all rows, excess on ${escaped(rowSetText(result, set))}.</p>`;
}
