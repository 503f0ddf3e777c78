import { colourOf, hexColour } from "../colours.ts";
import { formatShort, typographic } from "../format.ts";
import { inkOn, type Colour } from "../ink.ts";
import { levelOf, valueOfLevel, type Scale } from "../scale.ts";
import { element, text, tooltip } from "./markup.ts";

export interface CellBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface CellContent {
  readonly value: number;
  /** Cells without a value are hatched; the page or picture has the pattern. */
  readonly exists: boolean;
  readonly bounded: boolean;
  readonly colour: Colour;
  /** What browsers show as a tooltip; none where empty. */
  readonly title: string;
}

const roomForText = 34;
const roomForInfinity = 12;

/** The colour of a value, by the levels that a scale has. */
export function cellColour(value: number, scale: Scale): Colour {
  return colourOf(valueOfLevel(levelOf(value, scale), scale), scale);
}

/** A cell of a heat map in the colour of its value, with the number where there is room for it, and else the sign of what is below zero. */
export function drawnCell({ value, exists, bounded, colour, title }: CellContent, box: CellBox): string {
  const { x, y, width, height } = box;
  const fill = exists ? `#${hexColour(colour)}` : "url(#undefined)";
  const told = title === "" ? "" : tooltip(title);
  const ground = element("rect", { x, y, width, height, fill }, told);
  if (!exists) return ground;
  const [middleX, middleY] = [x + width / 2, y + height / 2];
  if (width >= roomForText - 1 || (value === Infinity && width >= roomForInfinity - 1)) {
    const label = typographic(formatShort(value, bounded));
    return ground + text(label, middleX, middleY, { size: 11.5, fill: inkOn(colour), anchor: "middle" });
  }
  if (value >= 0 || width < roomForInfinity - 1) return ground;
  return ground + element("rect", { x: middleX - 2.5, y: middleY - 0.75, width: 5, height: 1.5, fill: inkOn(colour) });
}
