import type { StitchDirection, StitchedPair, StitchingResult } from "../../stitching-result.ts";
import { shaded } from "../ansi.ts";
import { colourOf } from "../colours.ts";
import { formatValue, typographic } from "../format.ts";
import { length, longest, padEnd, padStart } from "../padding.ts";
import { plural } from "../html/plural.ts";
import { levelOf, type Scale, valueOfLevel } from "../scale.ts";
import { shortened } from "../visible-name.ts";
import { excessScale } from "./excess-scale.ts";
import { directionName, layerNamesOf, networkNames, pairName } from "./names.ts";
import { type RowSet, rowSetText, tellingRows } from "./row-sets.ts";
import { stitchingsOn } from "./stitchings.ts";
import { ratioOf, tightnessOf } from "./tightness.ts";
import { timesText } from "./times-text.ts";

export interface StitchingTextOptions {
  /** Columns of the terminal. A direction that does not fit is told by the best target of each source layer. */
  readonly width: number;
  /** Shade the cells with ANSI colours (256 of them). */
  readonly colour: boolean;
}

const missing = "–";
const longestName = 20;
/** Lines of best targets at most; the rest is counted. */
const mostLines = 60;

function value(number: number): string {
  return typographic(formatValue(number, false));
}

function cellText(pair: StitchedPair, set: RowSet): string {
  const found = pair[set];
  return found === null ? missing : `${formatValue(found.risk, true)} ${padStart(timesText(ratioOf(found)), 5)}`;
}

/** Source layers down, target layers across; null where that is wider than the terminal. */
function wholeTable(
  result: StitchingResult,
  direction: StitchDirection,
  set: RowSet,
  scale: Scale,
  options: StitchingTextOptions,
): string[] | null {
  const [rows, columns] = [layerNamesOf(result, direction.from), layerNamesOf(result, direction.to)];
  const cells = direction.pairs.map((pair) => cellText(pair, set));
  const head = Math.min(longestName, longest(rows));
  const size = Math.max(longest(cells), Math.min(12, longest(columns)));
  if (head + columns.length * (size + 2) > options.width) return null;
  const header = padEnd("", head) + columns.map((name) => ` ${padStart(shortened(name, size), size)} `).join("");
  const lines = rows.map((name, i) => {
    const line = columns.map((_, j) => {
      const k = i * columns.length + j;
      const text = ` ${padStart(cells[k]!, size)} `;
      const excess = direction.pairs[k]![set]?.excess;
      if (!options.colour || excess === undefined) return text;
      return shaded(text, colourOf(valueOfLevel(levelOf(excess, scale), scale), scale));
    });
    return padEnd(shortened(name, head), head) + line.join("");
  });
  return [header, ...lines].map((line) => line.trimEnd());
}

/** The best target of each source layer. */
function bestTargets(result: StitchingResult, direction: StitchDirection, set: RowSet, width: number): string[] {
  const [rows, columns] = [layerNamesOf(result, direction.from), layerNamesOf(result, direction.to)];
  // The way takes eleven columns, which a narrow terminal has not.
  const ways = width >= 56;
  const room = Math.max(8, Math.floor((width - (ways ? 30 : 19)) / 2));
  const head = Math.min(room, longest(rows));
  const lines = rows.slice(0, mostLines).map((name, i) => {
    const own = direction.pairs.slice(i * columns.length, (i + 1) * columns.length);
    const [best] = own
      .flatMap((pair) => (pair[set] === null ? [] : [{ pair, risk: pair[set].risk }]))
      .toSorted((a, b) => a.risk - b.risk);
    const start = `${padEnd(shortened(name, head), head)}  `;
    if (best === undefined) return `${start}${missing}`;
    return `${start}${cellText(best.pair, set)}  ${shortened(columns[best.pair.to]!, room)}${ways ? ` (${best.pair.way})` : ""}`;
  });
  return rows.length > mostLines ? [...lines, `… and ${rows.length - mostLines} more layers`] : lines;
}

/** Parts of a title on as few lines as the terminal allows. */
function joined(parts: readonly string[], width: number): string {
  return parts.reduce((text, part) => {
    const last = text.slice(text.lastIndexOf("\n") + 1);
    return length(last) + 3 + length(part) <= width ? `${text}   ${part}` : `${text}\n${part}`;
  });
}

function directionText(
  result: StitchingResult,
  direction: StitchDirection,
  set: RowSet,
  scale: Scale,
  options: StitchingTextOptions,
): string {
  const names = networkNames(result);
  const whole = wholeTable(result, direction, set, scale, options);
  const untrained = result.networks[direction.from]!.baseline ? " (untrained)" : "";
  const own = result.networks[direction.to]![set];
  const title = joined(
    [
      `from ${names[direction.from]}${untrained} ↓  into ${names[direction.to]} →`,
      whole === null ? "best target of each layer" : "risk ×bound/risk",
      ...(own === null ? [] : [`${names[direction.to]} itself ${formatValue(own.risk, true)}`]),
    ],
    options.width,
  );
  return [title, ...(whole ?? bestTargets(result, direction, set, options.width))].join("\n");
}

/** What theorems 1 and 2 say of the whole sweep, a sentence each. */
export function gapSentences(result: StitchingResult): string[] {
  const set = tellingRows(result);
  const { pairs, violations, median, unbounded } = tightnessOf(
    stitchingsOn(result, set).map(({ evaluation }) => evaluation),
  );
  const middle = median === null ? "no pair has a bound" : `the bound is ${timesText(median)} the risk in the median`;
  const none = unbounded === 0 || median === null ? "" : ` (${plural(unbounded, "pair", "pairs")} without one)`;
  const [first, second] = networkNames(result);
  const both = result.twoSided[set];
  const gaps = result.directions.flatMap((direction) => {
    const gap = direction.gap[set];
    if (gap === null || result.networks[direction.from]!.baseline) return [];
    const names = networkNames(result);
    const difference = `R(${names[direction.from]}) − R(${names[direction.to]}) = ${value(gap.difference)}`;
    if (gap.bound === null || gap.pair === null) return [`${difference}: no pair has a bound.`];
    const premise = gap.refuted
      ? " Its premise does not hold here: a stitched network beats the one stitched from."
      : "";
    return [
      `${difference} ≤ ${value(gap.bound)}, the least bound, by ${pairName(result, direction, direction.pairs[gap.pair]!)}.${premise}`,
    ];
  });
  return [
    `${violations.toLocaleString("en-US")} of ${plural(pairs, "pair", "pairs")} above the bound on ${rowSetText(result, set)}; ${middle}${none}.`,
    ...gaps,
    ...(both === null || both.bound === null
      ? []
      : [`|R(${first}) − R(${second})| = ${value(both.difference)}, bound ${value(both.bound)}.`]),
  ];
}

/** Each reason for which pairs have no numbers, with the pairs. */
export function missingReasons(result: StitchingResult): string[] {
  const found = new Map<string, string[]>();
  for (const direction of result.directions) {
    for (const pair of direction.pairs) {
      if (pair.fitted !== null) continue;
      const reason = pair.reason ?? "no reason given";
      const where = `${directionName(result, direction)}, ${pairName(result, direction, pair)}`;
      found.set(reason, [...(found.get(reason) ?? []), where]);
    }
  }
  return [...found].map(([reason, [first = "", ...more]]) =>
    more.length === 0
      ? `${first}: ${reason}`
      : `${first} and ${plural(more.length, "other pair", "other pairs")}: ${reason}`,
  );
}

/**
 * A sweep of stitchings for a terminal: for each direction the measured risk of every pair with how many times it the bound is, on held-out
 * rows where there are any. Names cannot reach the terminal as commands.
 */
export function stitchingText(result: StitchingResult, options: StitchingTextOptions): string {
  const set = tellingRows(result);
  const scale = excessScale(stitchingsOn(result, set).map(({ evaluation }) => evaluation.excess));
  return result.directions.map((direction) => directionText(result, direction, set, scale, options)).join("\n\n");
}
