import { type ChartAxis, chartFrame, isOnAxis } from "./chart-frame.ts";
import { type Marker, markerPath } from "./marker.ts";
import { element, tooltip } from "./markup.ts";

export interface ScatterPoint {
  readonly x: number;
  readonly y: number;
  /** A CSS colour. */
  readonly colour: string;
  readonly marker: Marker;
  /** Shown when the point is pointed at. */
  readonly title: string;
}

export interface ScatterOptions {
  /** Draws the line y = x, both axes being of one unit and one range. */
  readonly diagonal?: boolean;
}

/** Beyond this many, points of a kind are drawn as one path: a title for each would be most of the page, and nobody could hit them. */
const mostTitles = 1200;
const height = 400;

/** Points of two measures as SVG that stands in a page; what an axis cannot show is left out. */
export function scatter(
  title: string,
  x: ChartAxis,
  y: ChartAxis,
  points: readonly ScatterPoint[],
  options: ScatterOptions = {},
): string {
  const drawn = points.filter((point) => isOnAxis(point.x, x) && isOnAxis(point.y, y));
  const [xs, ys] = [drawn.map((point) => point.x), drawn.map((point) => point.y)];
  const both = [...xs, ...ys];
  const frame =
    options.diagonal === true ? chartFrame(title, x, y, both, both, height) : chartFrame(title, x, y, xs, ys, height);
  const { px, py, across } = frame;
  const parts: string[] = [];
  if (options.diagonal === true) {
    const [low, high] = [across.low, across.high];
    parts.push(element("path", { class: "diagonal", d: `M${px(low)} ${py(low)}L${px(high)} ${py(high)}` }));
  }
  if (drawn.length <= mostTitles) {
    for (const { x: u, y: v, colour, marker, title: told } of drawn) {
      const name = tooltip(told);
      parts.push(element("path", { class: "point", d: markerPath(marker, px(u), py(v)), fill: colour }, name));
    }
    return frame.draw(parts);
  }
  const kinds = new Map<string, { readonly colour: string; readonly outlines: string[] }>();
  for (const { x: u, y: v, colour, marker } of drawn) {
    const key = `${colour} ${marker}`;
    const kind = kinds.get(key) ?? { colour, outlines: [] };
    kinds.set(key, kind);
    kind.outlines.push(markerPath(marker, px(u), py(v)));
  }
  for (const { colour, outlines } of kinds.values()) {
    parts.push(element("path", { class: "point", d: outlines.join(""), fill: colour }));
  }
  return frame.draw(parts);
}
