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
  /** Draws the line y = x, both axes being logarithmic and of one unit. */
  readonly diagonal?: boolean;
}

/** Beyond this many, points of a kind are drawn as one path: a title for each would be most of the page, and nobody could hit them. */
const mostTitles = 1200;
const height = 400;
/** How far above the greatest y the diagonal is drawn, as a ratio: charts with one are logarithmic. */
const headroom = 30;

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
  const diagonal = options.diagonal === true && drawn.length > 0;
  // Not the whole of the longer axis, or a few decades of y would be a line along the bottom.
  const low = Math.min(...xs, ...ys);
  const top = diagonal ? Math.min(Math.max(...xs, ...ys), Math.max(...ys) * headroom) : NaN;
  const frame = chartFrame(title, x, y, diagonal ? [...xs, low] : xs, diagonal ? [...ys, low, top] : ys, height);
  const { px, py } = frame;
  const parts: string[] = [];
  if (diagonal) {
    parts.push(element("path", { class: "diagonal", d: `M${px(low)} ${py(low)}L${px(top)} ${py(top)}` }));
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
