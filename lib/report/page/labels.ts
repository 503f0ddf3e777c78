import { labelled, sharedPrefix, type AxisPositions } from "../axis.ts";
import type { PageAxis } from "../page-data.ts";
import { shortened } from "../visible-name.ts";
import { makeSvg } from "./dom.ts";

export type Side = "rows" | "columns";

/** Labels of an axis as they will be drawn, in CSS pixels. */
export interface AxisLabels {
  readonly shown: ReadonlyMap<number, string>;
  readonly prefixes: readonly string[];
  /** Room for layer labels, and for the names of the groups beyond them. */
  readonly depth: number;
  readonly band: number;
  readonly level: boolean;
}

const spacing = 13;
const gap = 8;
const fontSize = 11;
const groupFontSize = 12;
/** Room for the names of groups, with their bracket. */
const groupBand = 30;

function prefixOf(axis: PageAxis, group: number): string {
  const { first, count } = axis.groups[group] ?? { first: 0, count: 0 };
  return sharedPrefix(axis.names.slice(first, first + count));
}

/** Chooses which layers get a label at this size of cell, and how long the labels may be. `letter` is the width of a letter. */
export function chooseLabels(axis: PageAxis, side: Side, cell: number, letter: number, longest: number): AxisLabels {
  const prefixes = axis.groups.map((_, group) => prefixOf(axis, group));
  const room = Math.max(4, Math.floor(longest / letter));
  const shown = new Map<number, string>();
  for (const index of labelled(axis.groups, cell, spacing)) {
    const group = axis.groups.findIndex(({ first, count }) => index >= first && index < first + count);
    shown.set(index, shortened((axis.names[index] ?? "").slice(prefixes[group]?.length ?? 0), room));
  }
  const widest = Math.max(0, ...[...shown.values()].map((label) => label.length)) * letter;
  const level = side === "columns" && shown.size === axis.names.length && widest <= cell - 6;
  const named = axis.groups.some(({ label }, group) => label !== "" || prefixes[group] !== "");
  return { shown, prefixes, depth: gap + (level ? fontSize + 2 : widest), band: named ? groupBand : 0, level };
}

/** Draws an axis outwards from the grid's corner at (`left`, `top`). */
export function drawLabels(
  svg: SVGElement,
  axis: PageAxis,
  labels: AxisLabels,
  side: Side,
  positions: AxisPositions,
  cell: number,
  corner: { readonly left: number; readonly top: number },
): void {
  const { left, top } = corner;
  const layer = makeSvg("g", { class: "labels" });
  for (const [index, label] of labels.shown) {
    const middle = (positions.starts[index] ?? 0) + cell / 2;
    if (side === "rows") {
      layer.append(makeSvg("text", { x: left - gap, y: top + middle, "text-anchor": "end", dy: "0.35em" }, label));
    } else if (labels.level) {
      layer.append(makeSvg("text", { x: left + middle, y: top - gap, "text-anchor": "middle" }, label));
    } else {
      const [x, y] = [left + middle, top - gap];
      layer.append(makeSvg("text", { transform: `translate(${x} ${y}) rotate(-90)`, dy: "0.35em" }, label));
    }
  }
  svg.append(layer);

  const edge = labels.depth + 8;
  const groups = makeSvg("g", { class: "groups" });
  for (const [g, { label, first, count }] of axis.groups.entries()) {
    const prefix = labels.prefixes[g] === "" ? "" : `${labels.prefixes[g]}*`;
    if (label === "" && prefix === "") continue;
    const from = (positions.starts[first] ?? 0) + 1;
    const to = (positions.starts[first + count - 1] ?? 0) + cell - 1;
    // A single name may lean out over the grid's corner by the room that labels have there.
    const room = Math.floor(Math.max(to - from, axis.groups.length === 1 ? 110 : 0) / (groupFontSize * 0.66));
    const middle = (from + to) / 2;
    const at =
      side === "rows"
        ? { transform: `translate(${left - edge - 13} ${top + middle}) rotate(-90)`, dy: "0.35em" }
        : { x: left + middle, y: top - edge - 9 };
    const line =
      side === "rows" ? `M${left - edge} ${top + from}V${top + to}` : `M${left + from} ${top - edge}H${left + to}`;
    groups.append(makeSvg("path", { d: line }), groupName(label, prefix, room, at));
  }
  svg.append(groups);
}

/** The name of a group, and after it the beginning that its layers share, as far as there is room. */
function groupName(
  label: string,
  prefix: string,
  room: number,
  at: Readonly<Record<string, string | number>>,
): SVGElement {
  const text = makeSvg("text", { ...at, "text-anchor": "middle" });
  const name = shortened(label, Math.max(2, room));
  const rest = room - name.length - 2;
  text.append(makeSvg("tspan", {}, name));
  if (prefix !== "" && rest >= 6)
    text.append(makeSvg("tspan", { class: "prefix", dx: name === "" ? 0 : 8 }, shortened(prefix, rest)));
  return text;
}

/** Which side a directed metric goes from and to, in the grid's corner at (`left`, `top`). */
export function drawDirection(svg: SVGElement, left: number, top: number): void {
  const captions = makeSvg("g", { class: "direction" });
  captions.append(
    makeSvg("text", { x: left, y: top - 14, "text-anchor": "end" }, "to →"),
    makeSvg("text", { x: left, y: top, "text-anchor": "end" }, "from ↓"),
  );
  svg.append(captions);
}
