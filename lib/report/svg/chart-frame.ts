import { formatTick, typographic } from "../format.ts";
import { position, type Scale, ticks } from "../scale.ts";
import { element, escaped, text, textWidth } from "./markup.ts";

export interface ChartAxis {
  readonly label: string;
  readonly logarithmic: boolean;
  /** Ends that must be on the axis, whatever the data. */
  readonly includes?: readonly number[];
}

/** The grid of a chart with two axes: where values lie on it, and the whole as SVG once the marks are made. */
export interface ChartFrame {
  readonly across: Scale;
  readonly up: Scale;
  readonly px: (value: number) => number;
  readonly py: (value: number) => number;
  readonly draw: (marks: readonly string[]) => string;
}

const width = 560;
const margin = { left: 64, right: 16, top: 12, bottom: 48 } as const;

/** Whether an axis can show a value at all. */
export function isOnAxis(value: number, axis: ChartAxis): boolean {
  return Number.isFinite(value) && (!axis.logarithmic || value > 0);
}

/** A scale around all values, with a little room where both ends would fall together. */
export function scaleOf(axis: ChartAxis, values: readonly number[]): Scale {
  let [low, high] = [Infinity, -Infinity];
  for (const value of [...(axis.includes ?? []), ...values]) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) [low, high] = [1, 10];
  if (low === high) [low, high] = axis.logarithmic ? [low / 2, high * 2] : [low - 0.5, high + 0.5];
  return { id: "data", low, high, logarithmic: axis.logarithmic };
}

/** Ticks of an axis: on a logarithmic one of few decades 1, 2 and 5 of each, since powers of ten alone would be too few to read by. */
export function axisTicks(scale: Scale, count: number): number[] {
  const decades = Math.log10(scale.high / scale.low);
  if (!scale.logarithmic || decades > 2.2) return ticks(scale, count);
  const first = Math.floor(Math.log10(scale.low));
  const all = Array.from({ length: 5 }, (_, k) => [1, 2, 5].map((step) => Number(`${step}e${first + k}`))).flat();
  const found = all.filter((tick) => tick >= scale.low * 0.999 && tick <= scale.high * 1.001);
  return found.length > 1 ? found : ticks(scale, count);
}

/** A chart as SVG that stands in a page: colours of text and grid are the page's. The values must be {@link isOnAxis}. */
export function chartFrame(
  title: string,
  x: ChartAxis,
  y: ChartAxis,
  xs: readonly number[],
  ys: readonly number[],
  height: number = 330,
): ChartFrame {
  const across = scaleOf(x, xs);
  const up = scaleOf(y, ys);
  const [right, bottom] = [width - margin.right, height - margin.bottom];
  const px = (value: number): number => margin.left + position(value, across) * (right - margin.left);
  const py = (value: number): number => bottom - position(value, up) * (bottom - margin.top);
  const ink = { size: 11.5, fill: "currentColor" } as const;
  const parts: string[] = [element("title", {}, escaped(title))];
  for (const tick of axisTicks(up, 5)) {
    parts.push(element("line", { class: "grid", x1: margin.left, x2: right, y1: py(tick), y2: py(tick) }));
    parts.push(text(typographic(formatTick(tick)), margin.left - 8, py(tick), { ...ink, anchor: "end" }));
  }
  for (const tick of axisTicks(across, 6)) {
    const label = typographic(formatTick(tick));
    // A label at the right end must not be cut off.
    const at = Math.min(px(tick), width - textWidth(label, ink.size) / 2);
    parts.push(element("line", { class: "grid", x1: px(tick), x2: px(tick), y1: margin.top, y2: bottom }));
    parts.push(text(label, at, bottom + 14, { ...ink, anchor: "middle" }));
  }
  parts.push(text(x.label, (margin.left + right) / 2, height - 10, { ...ink, anchor: "middle" }));
  parts.push(text(y.label, 12, (margin.top + bottom) / 2, { ...ink, anchor: "middle", turn: -90 }));
  const attributes = { class: "chart", viewBox: `0 0 ${width} ${height}`, role: "img" };
  return { across, up, px, py, draw: (marks) => element("svg", attributes, ...parts, ...marks) };
}
