import type { MetricMatrix } from "../../result.ts";
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

/** An upright colour bar with ticks, and under it the sign of values that do not exist, when there are some. */
export function colourBar(scale: Scale, matrix: MetricMatrix, height: number): ColourBar {
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
  const missing = matrix.status.some((status) => status > 0);
  if (missing) {
    parts.push(element("rect", { x: 0, y: height + 16, width: barWidth, height: barWidth, fill: "url(#undefined)" }));
    parts.push(text("undefined", barWidth + 8, height + 16 + barWidth / 2, { size: 11, fill: muted }));
    widest = Math.max(widest, textWidth("undefined", 11));
  }
  return { markup: parts.join(""), width: barWidth + 8 + widest, height: height + (missing ? 36 : 6) };
}
