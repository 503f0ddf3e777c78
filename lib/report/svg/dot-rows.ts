import { formatTick, typographic } from "../format.ts";
import { position } from "../scale.ts";
import { shortened, visibleName } from "../visible-name.ts";
import { axisTicks, type ChartAxis, isOnAxis, scaleOf } from "./chart-frame.ts";
import { type Marker, markerPath } from "./marker.ts";
import { element, escaped, text, textWidth, tooltip } from "./markup.ts";

export interface RowDot {
  readonly value: number;
  /** A CSS colour. */
  readonly colour: string;
  readonly marker: Marker;
  readonly title: string;
}

/** A line of the chart: a name, and a few values on the common axis. */
export interface DotRow {
  readonly label: string;
  readonly dots: readonly RowDot[];
}

const width = 560;
const longest = 32;
const pitch = 22;
const bottom = 44;
const right = 24;

/** A few values a row on one axis, joined by a line: for what is close and what is far apart, by name. */
export function dotRows(title: string, axis: ChartAxis, rows: readonly DotRow[]): string {
  const shown = rows.map(({ dots }) => dots.filter(({ value }) => isOnAxis(value, axis)));
  const scale = scaleOf(
    axis,
    shown.flatMap((dots) => dots.map(({ value }) => value)),
  );
  const labels = rows.map(({ label }) => shortened(visibleName(label), longest));
  const ink = { size: 11.5, fill: "currentColor" } as const;
  const left = Math.max(40, ...labels.map((label) => textWidth(label, ink.size))) + 16;
  const base = rows.length * pitch + 8;
  const px = (value: number): number => left + position(value, scale) * (width - right - left);
  const parts: string[] = [element("title", {}, escaped(title))];
  for (const tick of axisTicks(scale, 6)) {
    const label = typographic(formatTick(tick));
    const at = Math.min(px(tick), width - textWidth(label, ink.size) / 2);
    parts.push(element("line", { class: "grid", x1: px(tick), x2: px(tick), y1: 4, y2: base }));
    parts.push(text(label, at, base + 12, { ...ink, anchor: "middle" }));
  }
  parts.push(text(axis.label, (left + width - right) / 2, base + 32, { ...ink, anchor: "middle" }));
  for (const [i, dots] of shown.entries()) {
    const y = 4 + (i + 0.5) * pitch;
    parts.push(text(labels[i]!, left - 12, y, { ...ink, anchor: "end", mono: true }));
    const at = dots.map(({ value }) => px(value));
    if (at.length > 1) {
      parts.push(element("line", { class: "span", x1: Math.min(...at), x2: Math.max(...at), y1: y, y2: y }));
    }
    for (const [k, { colour, marker, title: told }] of dots.entries()) {
      const name = tooltip(told);
      parts.push(element("path", { class: "point", d: markerPath(marker, at[k]!, y), fill: colour }, name));
    }
  }
  return element("svg", { class: "chart", viewBox: `0 0 ${width} ${base + bottom}`, role: "img" }, ...parts);
}
