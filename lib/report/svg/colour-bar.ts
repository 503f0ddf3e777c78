import type { MetricMatrix } from "../../result.ts";
import { cellStatus } from "../cell-status.ts";
import { colourOf, hexColour } from "../colours.ts";
import { formatTick, typographic } from "../format.ts";
import { position, ticks, valueOfLevel, levels, type Scale } from "../scale.ts";
import { element, text, textWidth } from "./markup.ts";

export interface ColourBar {
  readonly markup: string;
  readonly width: number;
  readonly height: number;
}

const barWidth = 14;
const stripes = 64;
const muted = "#5c6670";

/** An upright colour bar with ticks, and under it the signs of values that are no numbers, when there are some. */
export function colourBar(scale: Scale, matrix: Pick<MetricMatrix, "values" | "status">, height: number): ColourBar {
  const parts: string[] = [];
  for (let k = 0; k < stripes; k++) {
    const value = valueOfLevel((k / (stripes - 1)) * (levels - 1), scale);
    const fill = `#${hexColour(colourOf(value, scale))}`;
    // Half a pixel of overlap hides the seams that smoothing would leave.
    const y = height * (1 - (k + 1) / stripes);
    parts.push(element("rect", { x: 0, y, width: barWidth, height: height / stripes + 0.5, fill }));
  }
  let widest = 0;
  for (const tick of ticks(scale, 6)) {
    const y = height * (1 - position(tick, scale));
    const label = typographic(formatTick(tick));
    widest = Math.max(widest, textWidth(label, 11));
    parts.push(element("line", { x1: barWidth, y1: y, x2: barWidth + 4, y2: y, stroke: muted, "stroke-width": 1 }));
    parts.push(text(label, barWidth + 8, y, { size: 11, fill: muted }));
  }
  let bottom = height;
  const sign = (label: string, swatch: (y: number) => string): void => {
    const y = bottom + (bottom === height ? 16 : 6);
    parts.push(swatch(y), text(label, barWidth + 8, y + barWidth / 2, { size: 11, fill: muted }));
    widest = Math.max(widest, textWidth(label, 11));
    bottom = y + barWidth;
  };
  if (matrix.values.includes(Infinity)) {
    sign("infinite", (y) => text("∞", barWidth / 2, y + barWidth / 2, { size: 14, fill: muted, anchor: "middle" }));
  }
  if (matrix.status.some((_, index) => cellStatus(matrix, index) === "undefined")) {
    sign("undefined", (y) => element("rect", { x: 0, y, width: barWidth, height: barWidth, fill: "url(#undefined)" }));
  }
  return { markup: parts.join(""), width: barWidth + 8 + widest, height: bottom + 6 };
}
