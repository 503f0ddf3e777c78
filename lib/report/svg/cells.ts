import type { ComparisonData, MetricMatrix } from "../../result.ts";
import type { AxisPositions, CellSize } from "../axis.ts";
import { cellReason, cellStatus } from "../cell-status.ts";
import { hexColour, palette } from "../colours.ts";
import { formatValue, typographic } from "../format.ts";
import { undefinedGround, undefinedHatch, type Colour } from "../ink.ts";
import { indexedPng } from "../png.ts";
import { levelOf, levels, type Scale } from "../scale.ts";
import { visibleName } from "../visible-name.ts";
import { cellColour, drawnCell } from "./drawn-cell.ts";
import { element } from "./markup.ts";

export interface GridLayout {
  readonly across: AxisPositions;
  readonly down: AxisPositions;
  readonly cell: CellSize;
  readonly bounded: boolean;
}

const mostVectors = 60;
/** Up to this many cells each gets a `<title>`, which browsers show as a tooltip. */
const mostTitles = 900;

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
      const shown = exists ? typographic(formatValue(value, bounded)) : "";
      const told = [shown, reason].filter((part) => part !== "").join(", ");
      const many = matrix.rows * matrix.columns > mostTitles;
      const title = many ? "" : visibleName(`${data.rows[i]?.name} × ${data.columns[j]?.name}: ${told}`);
      const box = { x, y, width: cell.width - inset, height: cell.height - inset };
      parts.push(drawnCell({ value, exists, bounded, colour: cellColour(value, scale), title }, box));
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
