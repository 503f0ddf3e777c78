import type { ComparisonData, MetricMatrix } from "../../result.ts";
import type { AxisPositions, CellSize } from "../axis.ts";
import { cellReason, cellStatus } from "../cell-status.ts";
import { colourOf, hexColour, palette } from "../colours.ts";
import { formatShort, formatValue, typographic } from "../format.ts";
import { inkOn, undefinedGround, undefinedHatch, type Colour } from "../ink.ts";
import { indexedPng } from "../png.ts";
import { levelOf, levels, valueOfLevel, type Scale } from "../scale.ts";
import { element, escaped, text } from "./markup.ts";

export interface GridLayout {
  readonly across: AxisPositions;
  readonly down: AxisPositions;
  readonly cell: CellSize;
  readonly bounded: boolean;
}

const mostVectors = 60;
/** Up to this many cells each gets a `<title>`, which browsers show as a tooltip. */
const mostTitles = 900;
const roomForText = 34;
const roomForInfinity = 12;

export function gridCells(data: ComparisonData, matrix: MetricMatrix, scale: Scale, layout: GridLayout): string {
  const small = matrix.rows <= mostVectors && matrix.columns <= mostVectors;
  return small ? vectors(data, matrix, scale, layout) : raster(matrix, scale, layout);
}

function vectors(data: ComparisonData, matrix: MetricMatrix, scale: Scale, layout: GridLayout): string {
  const { across, down, cell, bounded } = layout;
  const inset = cell.width >= 12 ? 1 : 0;
  const parts: string[] = [];
  for (const [i, y] of down.starts.entries()) {
    for (const [j, x] of across.starts.entries()) {
      const index = i * matrix.columns + j;
      const value = matrix.values[index] ?? Number.NaN;
      const exists = cellStatus(matrix, index) !== "undefined";
      const reason = cellReason(matrix, index);
      const colour = colourOf(valueOfLevel(levelOf(value, scale), scale), scale);
      const shown = exists ? typographic(formatValue(value, bounded)) : "";
      const told = [shown, reason].filter((part) => part !== "").join(", ");
      const title =
        matrix.rows * matrix.columns > mostTitles
          ? ""
          : element("title", {}, escaped(`${data.rows[i]?.name} × ${data.columns[j]?.name}: ${told}`));
      const fill = exists ? `#${hexColour(colour)}` : "url(#undefined)";
      parts.push(element("rect", { x, y, width: cell.width - inset, height: cell.height - inset, fill }, title));
      if (!exists) continue;
      const [middleX, middleY] = [x + (cell.width - inset) / 2, y + (cell.height - inset) / 2];
      if (cell.width >= roomForText || (value === Infinity && cell.width >= roomForInfinity)) {
        const label = typographic(formatShort(value, bounded));
        parts.push(text(label, middleX, middleY, { size: 11.5, fill: inkOn(colour), anchor: "middle" }));
      } else if (value < 0 && cell.width >= 12) {
        parts.push(
          element("rect", { x: middleX - 2.5, y: middleY - 0.75, width: 5, height: 1.5, fill: inkOn(colour) }),
        );
      }
    }
  }
  return element("g", { "shape-rendering": "crispEdges", "pointer-events": "all" }, ...parts);
}

/** The pattern of values that do not exist, once for a picture; `url(#undefined)` refers to it. */
export function hatching(): string {
  const lines = { d: "M-2 2l4-4M0 8l8-8M6 10l4-4", stroke: `#${hexColour(undefinedHatch)}`, "stroke-width": 1.4 };
  return element(
    "pattern",
    { id: "undefined", width: 8, height: 8, patternUnits: "userSpaceOnUse" },
    element("rect", { width: 8, height: 8, fill: `#${hexColour(undefinedGround)}` }),
    element("path", lines),
  );
}

const groundIndex = 0;
const hatchIndex = 1;
const firstLevel = 2;
const white: Colour = [255, 255, 255];

/** One picture of the whole grid, every cell drawn out to its pixels: a renderer that smooths images has nothing to blur. */
function raster(matrix: MetricMatrix, scale: Scale, { across, down, cell }: GridLayout): string {
  const [width, height] = [across.length, down.length];
  // The gaps between groups need an index too; the colours of a scale leave none, so the top level gives up its own where
  // there are groups to part.
  const gaps = width > matrix.columns * cell.width || height > matrix.rows * cell.height;
  const top = gaps ? levels - 2 : levels - 1;
  const gapIndex = firstLevel + levels - 1;
  const pixels = new Uint8Array(width * height).fill(gaps ? gapIndex : groundIndex);
  for (const [i, y] of down.starts.entries()) {
    for (const [j, x] of across.starts.entries()) {
      const index = i * matrix.columns + j;
      const exists = cellStatus(matrix, index) !== "undefined";
      const level = firstLevel + Math.min(top, levelOf(matrix.values[index] ?? Number.NaN, scale));
      for (let v = y; v < y + cell.height; v++) {
        for (let u = x; u < x + cell.width; u++) {
          pixels[v * width + u] = exists ? level : (u + v) % 4 === 0 ? hatchIndex : groundIndex;
        }
      }
    }
  }
  const colours: Colour[] = [undefinedGround, undefinedHatch, ...palette(scale)];
  if (gaps) colours[gapIndex] = white;
  const png = indexedPng(pixels, width, height, colours);
  return element("image", {
    width,
    height,
    "image-rendering": "pixelated",
    href: `data:image/png;base64,${png.toString("base64")}`,
  });
}
