import { negativeTable, positiveTable } from "./colour-table.ts";
import type { Colour } from "./ink.ts";
import { levels, valueOfLevel, type Scale } from "./scale.ts";

function entry(table: string, t: number): Colour {
  const at = Math.round(Math.min(1, Math.max(0, t)) * (table.length / 6 - 1)) * 6;
  const part = (offset: number): number => Number.parseInt(table.slice(at + offset, at + offset + 2), 16);
  return [part(0), part(2), part(4)];
}

/**
 * The colour of a value. A scale that begins at or above zero runs through viridis from its low end to its high end. A scale that
 * goes below zero forks at zero: viridis upwards, reds downwards, equal steps of value being equal steps of either, so a value of
 * −0.02 on a scale to 1 is seen to be small, and seen to be negative.
 */
export function colourOf(value: number, scale: Scale): Colour {
  const { low, high } = scale;
  if (!(high > low)) return entry(value < 0 ? negativeTable : positiveTable, 1);
  if (scale.logarithmic) return entry(positiveTable, Math.log(value / low) / Math.log(high / low));
  if (low >= 0) return entry(positiveTable, (value - low) / (high - low));
  const reach = Math.max(-low, high);
  return value < 0 ? entry(negativeTable, -value / reach) : entry(positiveTable, value / reach);
}

/** The colours of all levels of a scale, from low to high. */
export function palette(scale: Scale): Colour[] {
  return Array.from({ length: levels }, (_, level) => colourOf(valueOfLevel(level, scale), scale));
}

export function hexColour(colour: Colour): string {
  return colour.map((part) => part.toString(16).padStart(2, "0")).join("");
}
