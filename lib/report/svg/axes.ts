import { labelled, sharedPrefix, type AxisPositions } from "../axis.ts";
import type { SourceGroup } from "../sources.ts";
import { shortened, visibleName } from "../visible-name.ts";
import { element, text, textWidth, type TextStyle } from "./markup.ts";

/** The labels of an axis, drawn outwards from the corner of the grid, and the room they take. */
export interface AxisLabels {
  readonly markup: string;
  readonly size: number;
}

const fontSize = 11;
const spacing = 13;
const longest = 30;
const gap = 6;
const groupBand = 22;
const ink: TextStyle = { size: fontSize, fill: "#39424b", mono: true };
const groupInk: TextStyle = { size: 12, fill: "#1c2127", bold: true, anchor: "middle" };

interface Prepared {
  readonly shown: ReadonlyMap<number, string>;
  readonly groups: readonly {
    readonly label: string;
    readonly middle: number;
    readonly from: number;
    readonly to: number;
  }[];
  readonly widest: number;
  readonly band: number;
}

function prepare(
  names: readonly string[],
  groups: readonly SourceGroup[],
  axis: AxisPositions,
  cell: number,
): Prepared {
  const prefixes = groups.map(({ first, count }) => sharedPrefix(names.slice(first, first + count)));
  const shown = new Map<number, string>();
  for (const index of labelled(groups, cell, spacing)) {
    const group = groups.findIndex(({ first, count }) => index >= first && index < first + count);
    const bare = visibleName((names[index] ?? "").slice(prefixes[group]?.length ?? 0));
    shown.set(index, shortened(bare, longest));
  }
  const drawn = groups.map(({ label, first, count }, g) => {
    const from = axis.starts[first] ?? 0;
    const to = (axis.starts[first + count - 1] ?? 0) + cell;
    const prefix = prefixes[g] === undefined || prefixes[g] === "" ? "" : `${visibleName(prefixes[g])}*`;
    const whole = [label, prefix].filter((part) => part !== "").join(" · ");
    const room = Math.max(3, Math.floor((to - from) / (groupInk.size * 0.61)));
    return { label: whole === "" ? "" : shortened(whole, room), middle: (from + to) / 2, from, to };
  });
  return {
    shown,
    groups: drawn,
    widest: Math.max(0, ...[...shown.values()].map((label) => textWidth(label, fontSize))),
    band: drawn.some(({ label }) => label !== "") ? groupBand : 0,
  };
}

function bracket(x1: number, y1: number, x2: number, y2: number): string {
  return element("line", { x1, y1, x2, y2, stroke: "#b9c0c7", "stroke-width": 1 });
}

export function rowAxis(
  names: readonly string[],
  groups: readonly SourceGroup[],
  axis: AxisPositions,
  cell: number,
): AxisLabels {
  const { shown, groups: drawn, widest, band } = prepare(names, groups, axis, cell);
  const parts = [...shown].map(([index, label]) =>
    text(label, -gap, (axis.starts[index] ?? 0) + cell / 2, { ...ink, anchor: "end" }),
  );
  const edge = -(gap + widest + 8);
  for (const group of drawn) {
    if (group.label === "") continue;
    parts.push(bracket(edge, group.from + 1, edge, group.to - 1));
    parts.push(text(group.label, edge - 12, group.middle, { ...groupInk, turn: -90 }));
  }
  return { markup: parts.join(""), size: gap + widest + 8 + band };
}

export function columnAxis(
  names: readonly string[],
  groups: readonly SourceGroup[],
  axis: AxisPositions,
  cell: number,
): AxisLabels {
  const { shown, groups: drawn, widest, band } = prepare(names, groups, axis, cell);
  const level = shown.size === names.length && widest <= cell - 6;
  const parts = [...shown].map(([index, label]) => {
    const middle = (axis.starts[index] ?? 0) + cell / 2;
    return level
      ? text(label, middle, -gap - fontSize / 2, { ...ink, anchor: "middle" })
      : text(label, middle, -gap, { ...ink, turn: -90 });
  });
  const depth = level ? fontSize : widest;
  const edge = -(gap + depth + 8);
  for (const group of drawn) {
    if (group.label === "") continue;
    parts.push(bracket(group.from + 1, edge, group.to - 1, edge));
    parts.push(text(group.label, group.middle, edge - 11, groupInk));
  }
  return { markup: parts.join(""), size: gap + depth + 8 + band };
}
