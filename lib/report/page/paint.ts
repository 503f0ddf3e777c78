import type { AxisPositions, CellSize } from "../axis.ts";
import { inkOn, undefinedGround, undefinedHatch, type Colour } from "../ink.ts";
import { formatShort, formatShortP, typographic } from "../format.ts";
import { levelOf } from "../scale.ts";
import type { View } from "./state.ts";

/** Where the cells of the canvas are, in the device's own pixels. */
export interface Grid {
  readonly across: AxisPositions;
  readonly down: AxisPositions;
  readonly cell: CellSize;
  /** The device's pixels for each of CSS. */
  readonly ratio: number;
}

export function paletteColours(palette: string): Colour[] {
  return Array.from({ length: palette.length / 6 }, (_, i) => {
    const part = (offset: number): number => Number.parseInt(palette.slice(i * 6 + offset, i * 6 + offset + 2), 16);
    return [part(0), part(2), part(4)];
  });
}

/**
 * Paints all cells. Pixels are written by hand, a cell at a time: every cell has the same whole number of the device's pixels, no
 * edge is smoothed, and 40,000 cells take a few milliseconds. What lies between cells stays transparent, so the page's ground
 * shows, light or dark.
 */
export function paintCells(canvas: HTMLCanvasElement, view: View, grid: Grid): void {
  const { across, down, cell, ratio } = grid;
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("This browser has no canvas.");
  const image = context.createImageData(canvas.width, canvas.height);
  const pixels = new Uint32Array(image.data.buffer);
  const colours = paletteColours(view.scale.palette);
  const inks = colours.map(packed);
  const ground = packed(undefinedGround);
  const hatch = packed(undefinedHatch);
  // Lines two device pixels apart at least, and as wide as a third of the distance.
  const period = Math.max(3, Math.min(Math.round(8 * ratio), cell.width, cell.height));
  const thickness = Math.max(1, Math.round(period / 4));
  const inset = cell.width >= 12 * ratio && cell.height >= 12 * ratio ? Math.max(1, Math.round(ratio)) : 0;
  const columns = across.starts.length;

  for (const [i, y] of down.starts.entries()) {
    for (const [j, x] of across.starts.entries()) {
      const index = i * columns + j;
      const value = view.shown.values[index] ?? Number.NaN;
      const exists = !Number.isNaN(value);
      const ink = exists ? (inks[levelOf(value, view.scale)] ?? 0) : ground;
      for (let v = y; v < y + cell.height - inset; v++) {
        const from = v * canvas.width + x;
        pixels.fill(ink, from, from + cell.width - inset);
        if (exists) continue;
        for (let u = 0; u < cell.width - inset; u++) if ((x + u + v) % period < thickness) pixels[from + u] = hatch;
      }
    }
  }
  context.putImageData(image, 0, 0);
  drawSigns(context, view, grid, colours, inset);
  if (view.shown.id === "p") drawSignificance(context, view, grid, colours, inset);
  if (view.marks) drawMarks(context, view, grid, colours, inset);
}

// Canvas pixels are red, green, blue, opacity in memory order: a little-endian word the other way round.
function packed([red, green, blue]: Colour): number {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** Values where there is room for them; else ∞, or a minus on values below zero, so that the sign does not hang on a hue alone. */
function drawSigns(
  context: CanvasRenderingContext2D,
  view: View,
  { across, down, cell, ratio }: Grid,
  colours: readonly Colour[],
  inset: number,
): void {
  const room = cell.width >= 40 * ratio && cell.height >= 24 * ratio;
  if (!room && inset === 0) return;
  const style = getComputedStyle(context.canvas);
  // A single ∞ needs less room than a number; cells of twelve pixels have it.
  context.font = `${Math.round((room ? 12.5 : 11) * ratio)}px ${style.fontFamily}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const [i, y] of down.starts.entries()) {
    for (const [j, x] of across.starts.entries()) {
      const index = i * across.starts.length + j;
      const value = view.shown.values[index] ?? Number.NaN;
      if (Number.isNaN(value) || (!room && value >= 0 && value !== Infinity)) continue;
      context.fillStyle = inkOn(colours[levelOf(value, view.scale)] ?? [0, 0, 0]);
      const [middleX, middleY] = [x + (cell.width - inset) / 2, y + (cell.height - inset) / 2];
      if (room || value === Infinity) context.fillText(shortText(value, view), middleX, middleY);
      else context.fillRect(Math.round(middleX - 2.5 * ratio), Math.round(middleY - ratio / 2), 5 * ratio, ratio);
    }
  }
}

function shortText(value: number, { shown }: View): string {
  return typographic(shown.id === "p" ? formatShortP(value) : formatShort(value, shown.bounded));
}

/** A dot in every cell whose p-value is below 0.05 after Holm: in its corner beside a number, else in its middle. */
function drawSignificance(
  context: CanvasRenderingContext2D,
  view: View,
  { across, down, cell, ratio }: Grid,
  colours: readonly Colour[],
  inset: number,
): void {
  const [width, height] = [cell.width - inset, cell.height - inset];
  const room = cell.width >= 40 * ratio && cell.height >= 24 * ratio;
  const radius = room ? 2.5 * ratio : Math.max(0.5, Math.min(3 * ratio, Math.min(width, height) / 5));
  for (const [i, y] of down.starts.entries()) {
    for (const [j, x] of across.starts.entries()) {
      const index = i * across.starts.length + j;
      const p = view.metric.test?.holm[index] ?? Number.NaN;
      if (!(p < 0.05)) continue;
      context.fillStyle = inkOn(colours[levelOf(view.shown.values[index] ?? 0, view.scale)] ?? [0, 0, 0]);
      context.beginPath();
      if (room) context.arc(x + width - 7 * ratio, y + 7 * ratio, radius, 0, 2 * Math.PI);
      else context.arc(x + width / 2, y + height / 2, radius, 0, 2 * Math.PI);
      context.fill();
    }
  }
}

/** Marks the closest layer of each row: a frame inside the cell, a point where the cell is too small for one. */
function drawMarks(
  context: CanvasRenderingContext2D,
  view: View,
  { across, down, cell, ratio }: Grid,
  colours: readonly Colour[],
  inset: number,
): void {
  const line = Math.max(1, Math.round(1.5 * ratio));
  for (const [i, { best }] of view.metric.closest.entries()) {
    if (best < 0) continue;
    const value = view.shown.values[i * across.starts.length + best] ?? 0;
    const ink = inkOn(colours[levelOf(value, view.scale)] ?? [0, 0, 0]);
    const [x, y] = [across.starts[best] ?? 0, down.starts[i] ?? 0];
    const [width, height] = [cell.width - inset, cell.height - inset];
    context.fillStyle = context.strokeStyle = ink;
    if (Math.min(width, height) >= 9 * ratio) {
      context.lineWidth = line;
      const away = Math.round(2 * ratio) + line / 2;
      context.strokeRect(x + away, y + away, width - 2 * away, height - 2 * away);
    } else {
      const point = Math.max(1, Math.floor(Math.min(width, height) / 2));
      context.fillRect(x + Math.floor((width - point) / 2), y + Math.floor((height - point) / 2), point, point);
    }
  }
}
