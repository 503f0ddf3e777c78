import { type ChartAxis, chartFrame, isOnAxis } from "./chart-frame.ts";
import { element, escaped } from "./markup.ts";

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

/** More points than pixels say nothing more. */
const mostPoints = 600;

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
    return indices.filter((i) => isOnAxis(line.x[i]!, x) && isOnAxis(line.y[i]!, y));
  });
  const { px, py, draw } = chartFrame(
    title,
    x,
    y,
    lines.flatMap((line, k) => drawn[k]!.map((i) => line.x[i]!)),
    lines.flatMap((line, k) => drawn[k]!.map((i) => line.y[i]!)),
  );
  const parts: string[] = [];
  for (const [k, line] of lines.entries()) {
    const points = drawn[k]!.map((i) => `${px(line.x[i]!).toFixed(1)} ${py(line.y[i]!).toFixed(1)}`);
    if (points.length === 0) continue;
    const name = element("title", {}, escaped(line.name));
    parts.push(element("path", { class: "curve", d: `M${points.join("L")}`, stroke: line.colour }, name));
    const { mark } = line;
    if (mark === undefined || !isOnAxis(line.x[mark]!, x) || !isOnAxis(line.y[mark]!, y)) continue;
    parts.push(element("circle", { cx: px(line.x[mark]!), cy: py(line.y[mark]!), r: 3.5, fill: line.colour }, name));
  }
  return draw(parts);
}
