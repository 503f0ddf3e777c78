import { negativeTable, positiveTable } from "./colour-table.ts";
import { levels, valueOfLevel, type Scale } from "./scale.ts";

/** Red, green and blue, 0 to 255 each. */
export type Colour = readonly [number, number, number];

/** The ground of cells that have no value, and the lines that hatch it: neutral greys, so they belong to no scale. */
export const undefinedGround: Colour = [226, 228, 231];
export const undefinedHatch: Colour = [142, 148, 156];

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

/** Whether black or white is easier to read on a colour: the contrast ratio of WCAG 2, from relative luminance. */
export function inkOn(colour: Colour): "#000" | "#fff" {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return (luminance + 0.05) ** 2 > 0.05 * 1.05 ? "#000" : "#fff";
}
