import { formatP, formatTick, typographic } from "../format.ts";
import { levelOf, levels, position, ticks } from "../scale.ts";
import { byId, make } from "./dom.ts";
import { paletteColours } from "./paint.ts";
import type { View } from "./state.ts";

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}

/** The sentence that states the range of the colours, and with whom it is shared. */
export function scaleNote(view: View): string {
  const { scale, shown } = view;
  const end = shown.id === "p" ? formatP : formatTick;
  const ends = `${typographic(end(scale.low))} to ${typographic(end(scale.high))}`;
  const shared = shown.sharedBy > 1 ? `, the same for ${shown.sharedBy} metrics` : "";
  return `Colours run from ${ends}${scale.logarithmic ? " in equal ratios" : ""}${shared}. ${shown.note}`;
}

/** The colour bar: one column a level, exactly the colours of the cells, with ticks under it. */
export function drawLegend(view: View): void {
  const bar = byId("bar") as HTMLCanvasElement;
  bar.width = levels;
  bar.height = 1;
  const context = bar.getContext("2d");
  const colours = paletteColours(view.scale.palette);
  for (const [level, [red, green, blue]] of colours.entries()) {
    if (context === null) break;
    context.fillStyle = `rgb(${red} ${green} ${blue})`;
    context.fillRect(level, 0, 1, 1);
  }
  const marks = ticks(view.scale, 6).map((tick) => {
    const mark = make("span", "tick", typographic(formatTick(tick)));
    mark.style.left = percent(position(tick, view.scale));
    return mark;
  });
  byId("ticks").replaceChildren(...marks);
  byId("scale-note").textContent = scaleNote(view);
  let missing = 0;
  let infinite = 0;
  for (const value of view.shown.values) {
    if (Number.isNaN(value)) missing += 1;
    else if (value === Infinity) infinite += 1;
  }
  const what = view.shown.id === "value" ? "undefined" : "without a test";
  byId("missing").hidden = missing === 0;
  byId("missing-count").textContent = `${missing.toLocaleString("en-US")} ${what}`;
  byId("infinite").hidden = infinite === 0;
  byId("infinite-count").textContent = `${infinite.toLocaleString("en-US")} infinite`;
  byId("same").hidden = !view.metric.distance || view.shown.id !== "value";
}

/** Points at a value on the colour bar; null takes the pointer away. */
export function pointAt(view: View, value: number | null): void {
  const pointer = byId("pointer");
  pointer.hidden = value === null;
  if (value !== null) pointer.style.left = percent(levelOf(value, view.scale) / (levels - 1));
}
