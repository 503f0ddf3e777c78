import { formatTick, typographic } from "../format.ts";
import { position, type Scale, ticks } from "../scale.ts";
import { element, escaped, text, textWidth } from "./markup.ts";

export interface ChartAxis {
  readonly label: string;
  readonly logarithmic: boolean;
  /** Ends that must be on the axis, whatever the data. */
  readonly includes?: readonly number[];
}

export interface ChartLine {
  /** Shown when the line is pointed at. */
  readonly name: string;
  /** A CSS colour. */
  readonly colour: string;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** The index of a point to mark. */
  readonly mark?: number;
}

const size = { width: 560, height: 330, left: 64, right: 16, top: 12, bottom: 48 } as const;
/** More points than pixels say nothing more. */
const mostPoints = 600;

function isDrawn(value: number, axis: ChartAxis): boolean {
  return Number.isFinite(value) && (!axis.logarithmic || value > 0);
}

/** A scale around all values, with a little room where both ends would fall together. */
function scaleOf(axis: ChartAxis, values: readonly number[]): Scale {
  let [low, high] = [Infinity, -Infinity];
  for (const value of [...(axis.includes ?? []), ...values]) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) [low, high] = [1, 10];
  if (low === high) [low, high] = axis.logarithmic ? [low / 2, high * 2] : [low - 0.5, high + 0.5];
  return { id: "data", low, high, logarithmic: axis.logarithmic };
}

function thinned(length: number): number[] {
  if (length <= mostPoints) return Array.from({ length }, (_, i) => i);
  // By equal ratios: what happens at the first few eigenvectors is what is looked at.
  const all = Array.from({ length: mostPoints }, (_, k) => Math.round(length ** (k / (mostPoints - 1))) - 1);
  return [...new Set(all)];
}

/** A line chart as SVG that stands in a page: colours of text and grid are the page's. */
export function lineChart(title: string, x: ChartAxis, y: ChartAxis, lines: readonly ChartLine[]): string {
  const drawn = lines.map((line) => {
    const indices = thinned(Math.min(line.x.length, line.y.length));
    return indices.filter((i) => isDrawn(line.x[i]!, x) && isDrawn(line.y[i]!, y));
  });
  const across = scaleOf(
    x,
    lines.flatMap((line, k) => drawn[k]!.map((i) => line.x[i]!)),
  );
  const up = scaleOf(
    y,
    lines.flatMap((line, k) => drawn[k]!.map((i) => line.y[i]!)),
  );
  const [right, bottom] = [size.width - size.right, size.height - size.bottom];
  const px = (value: number): number => size.left + position(value, across) * (right - size.left);
  const py = (value: number): number => bottom - position(value, up) * (bottom - size.top);
  const ink = { size: 11.5, fill: "currentColor" } as const;
  const parts: string[] = [element("title", {}, escaped(title))];
  for (const tick of ticks(up, 5)) {
    parts.push(element("line", { class: "grid", x1: size.left, x2: right, y1: py(tick), y2: py(tick) }));
    parts.push(text(typographic(formatTick(tick)), size.left - 8, py(tick), { ...ink, anchor: "end" }));
  }
  for (const tick of ticks(across, 6)) {
    const label = typographic(formatTick(tick));
    // A label at the right end must not be cut off.
    const at = Math.min(px(tick), size.width - textWidth(label, ink.size) / 2);
    parts.push(element("line", { class: "grid", x1: px(tick), x2: px(tick), y1: size.top, y2: bottom }));
    parts.push(text(label, at, bottom + 14, { ...ink, anchor: "middle" }));
  }
  parts.push(text(x.label, (size.left + right) / 2, size.height - 10, { ...ink, anchor: "middle" }));
  parts.push(text(y.label, 12, (size.top + bottom) / 2, { ...ink, anchor: "middle", turn: -90 }));
  for (const [k, line] of lines.entries()) {
    const points = drawn[k]!.map((i) => `${px(line.x[i]!).toFixed(1)} ${py(line.y[i]!).toFixed(1)}`);
    if (points.length === 0) continue;
    const name = element("title", {}, escaped(line.name));
    parts.push(element("path", { class: "curve", d: `M${points.join("L")}`, stroke: line.colour }, name));
    const { mark } = line;
    if (mark === undefined || !isDrawn(line.x[mark]!, x) || !isDrawn(line.y[mark]!, y)) continue;
    parts.push(element("circle", { cx: px(line.x[mark]!), cy: py(line.y[mark]!), r: 3.5, fill: line.colour }, name));
  }
  const { width, height } = size;
  return element("svg", { class: "chart", viewBox: `0 0 ${width} ${height}`, role: "img" }, ...parts);
}
