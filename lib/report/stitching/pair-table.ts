import type { StitchDirection, StitchedPair, StitchingResult } from "../../stitching-result.ts";
import { formatValue, typographic } from "../format.ts";
import { escaped } from "../svg/markup.ts";
import { directionName, layerNamesOf } from "./names.ts";
import { type RowSet, rowSetText } from "./row-sets.ts";
import { isViolated, ratioOf } from "./tightness.ts";
import { timesText } from "./times-text.ts";

/** More lines than these make the page heavy, and nobody reads them there. */
const mostLines = 1100;

function shown(value: number | null, bounded: boolean): string {
  if (value === null || Number.isNaN(value)) return "–";
  return typographic(formatValue(value, bounded));
}

function line(pair: StitchedPair, from: string, to: string, set: RowSet): string {
  const found = pair[set];
  const names = `<th scope="row">${escaped(from)}</th><td class="name">${escaped(to)}</td><td class="words">${pair.way}</td>`;
  if (found === null)
    return `<tr>${names}<td class="undefined words" colspan="9">${escaped(pair.reason ?? "undefined")}</td></tr>`;
  const numbers = [
    shown(found.risk, false),
    shown(found.accuracy, true),
    shown(found.excess, false),
    shown(found.misalignment, false),
    shown(found.bound, false),
    timesText(ratioOf(found)),
    shown(pair.cka, true),
    shown(pair.ka, true),
    pair.lambda !== null ? `λ ${shown(pair.lambda, false)}` : pair.rank !== null ? `rank ${pair.rank}` : "–",
  ];
  return `<tr${isViolated(found) ? ' class="flag"' : ""}>${names}${numbers.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
}

function group(result: StitchingResult, direction: StitchDirection, set: RowSet): string {
  const [rows, columns] = [layerNamesOf(result, direction.from), layerNamesOf(result, direction.to)];
  const lines = direction.pairs.map((pair) => line(pair, rows[pair.from]!, columns[pair.to]!, set));
  return `<tbody><tr class="group"><th colspan="12" scope="rowgroup">${escaped(directionName(result, direction))}</th></tr>${lines.join("")}</tbody>`;
}

const head = ["from", "into", "way", "risk", "accuracy", "excess", "Ã", "bound", "bound/risk", "CKA", "KA", "fit"];

/** Every pair with its numbers, as long as there are not too many of them for a page. */
export function pairTable(result: StitchingResult, set: RowSet): string {
  const count = result.directions.reduce((sum, { pairs }) => sum + pairs.length, 0);
  if (count > mostLines) {
    return `<p class="hint">${count.toLocaleString("en-US")} pairs are too many for a table in a page: <a href="stitching.csv">stitching.csv</a>, beside this file, has all of them. The maps above have tables of their own.</p>`;
  }
  const titles = head.map((name) => `<th scope="col">${name}</th>`).join("");
  const groups = result.directions.map((direction) => group(result, direction, set));
  return `<div class="scroll" tabindex="0" role="region" aria-label="All pairs"><table class="pairs"><caption>On ${escaped(rowSetText(result, set))}</caption><thead><tr>${titles}</tr></thead>${groups.join("")}</table></div>`;
}
