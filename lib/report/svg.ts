import type { ComparisonData } from "../result.ts";
import { axisPositions, cellSize } from "./axis.ts";
import { formatTick, typographic } from "./format.ts";
import { groupOf, isBounded, scaleGroups } from "./scale-groups.ts";
import { sourceGroups, sourceLabels } from "./sources.ts";
import { columnAxis, rowAxis } from "./svg/axes.ts";
import { gridCells, hatching } from "./svg/cells.ts";
import { colourBar } from "./svg/colour-bar.ts";
import { element, escaped, text, textWidth } from "./svg/markup.ts";

/** Pixels that the grid may take on either side, and those of the largest cell. */
const space = 800;
const largestCell = 56;
const margin = 20;
const gapBetweenGroups = 4;

/**
 * A heat map of one metric as a static SVG that stands by itself: title, labels grouped by source, colour bar. Cells are vectors up
 * to 60 × 60, beyond that one embedded PNG scaled by a whole factor, so it stays small and its edges stay sharp in renderers that
 * smooth images. Values that do not exist are hatched; infinite ones have the colour of the high end and, where there is room, ∞.
 */
export function toSvg(data: ComparisonData, index: number): string {
  const matrix = data.matrices[index];
  if (matrix === undefined) throw new RangeError(`Expected a matrix of the result but received index ${index}.`);
  const group = groupOf(scaleGroups(data.matrices), index);
  const scale = group.scales[0];
  if (scale === undefined) throw new RangeError("A scale group has at least one scale.");

  const labels = sourceLabels([...data.rows, ...data.columns].map((layer) => layer.source));
  const rowGroups = sourceGroups(data.rows, labels);
  const columnGroups = sourceGroups(data.columns, labels);
  const cell = cellSize(data.rows.length, data.columns.length, { width: space, height: space }, largestCell);
  const across = axisPositions(columnGroups, cell.width, gapBetweenGroups);
  const down = axisPositions(rowGroups, cell.height, gapBetweenGroups);

  const rowLabels = rowAxis(
    data.rows.map((layer) => layer.name),
    rowGroups,
    down,
    cell.height,
  );
  const columnLabels = columnAxis(
    data.columns.map((layer) => layer.name),
    columnGroups,
    across,
    cell.width,
  );
  const bar = colourBar(scale, matrix, Math.min(260, Math.max(120, down.length)));

  const title = matrix.symmetric ? matrix.label : `${matrix.label}, row → column`;
  const range = `Colour scale ${typographic(formatTick(scale.low))} to ${typographic(formatTick(scale.high))}`;
  const shared = group.matrices.length > 1 ? `, shared by ${group.matrices.length} metrics` : "";
  const same = matrix.sense === "distance" ? " A distance: 0 = the same." : "";
  const note = `${data.samples.toLocaleString("en-US")} samples. ${range}${shared}${scale.logarithmic ? ", logarithmic" : ""}.${same}`;

  const top = margin + 50 + columnLabels.size;
  const left = margin + rowLabels.size;
  const width = Math.max(
    left + across.length + 24 + bar.width + margin,
    margin * 2 + Math.max(textWidth(title, 16), textWidth(note, 11.5)),
  );
  const height = top + Math.max(down.length, bar.height) + margin;
  const move = (x: number, y: number, content: string): string =>
    element("g", { transform: `translate(${x} ${y})` }, content);

  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    element("title", {}, escaped(`${title}: ${data.rows.length} × ${data.columns.length} layers`)),
    hatching(),
    element("rect", { width, height, fill: "#fff" }),
    text(title, margin, margin + 8, { size: 16, fill: "#1c2127", bold: true }),
    text(note, margin, margin + 30, { size: 11.5, fill: "#5c6670" }),
    move(left, top, rowLabels.markup),
    move(left, top, columnLabels.markup),
    move(left, top, gridCells(data, matrix, scale, { across, down, cell, bounded: isBounded(matrix) })),
    move(left + across.length + 24, top, bar.markup),
    "</svg>\n",
  ].join("\n");
}
