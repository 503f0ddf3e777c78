import type { ComparisonData, MetricMatrix } from "../../result.ts";
import { cellReason, cellStatus } from "../cell-status.ts";
import { formatError, formatP, formatValue, typographic } from "../format.ts";
import { isBounded } from "../scale-groups.ts";
import { toSvg } from "../svg.ts";
import { escaped } from "../svg/markup.ts";

/** Up to this many cells a metric is a table; beyond it a picture, for the page must stay small. */
const mostCells = 900;
/** Of many metrics the first ones have tables, up to this many cells in all. */
const mostInAll = 12_000;

function cell(matrix: MetricMatrix, index: number): string {
  const status = cellStatus(matrix, index);
  const reason = status === "ok" ? "" : ` title="${escaped(cellReason(matrix, index))}"`;
  if (status === "undefined") return `<td${reason}>undefined`;
  const bounded = isBounded(matrix);
  const at = (values: Float64Array | undefined | null): number => values?.[index] ?? Number.NaN;
  const [value, error, p, low, high] = [
    matrix.values[index] ?? Number.NaN,
    at(matrix.errors),
    at(matrix.test?.pValues),
    at(matrix.intervals?.low),
    at(matrix.intervals?.high),
  ];
  const parts = [
    formatValue(value, bounded),
    Number.isNaN(error) ? "" : `± ${formatError(error)}`,
    Number.isNaN(low) || Number.isNaN(high) ? "" : `[${formatValue(low, bounded)}, ${formatValue(high, bounded)}]`,
    Number.isNaN(p) ? "" : `p = ${formatP(p)}`,
  ];
  return `<td${reason}>${typographic(parts.filter((part) => part !== "").join(" "))}`;
}

function table(data: ComparisonData, matrix: MetricMatrix): string {
  const head = data.columns.map((layer) => `<th scope="col"><bdi>${escaped(layer.name)}</bdi>`).join("");
  const lines = data.rows.map((layer, i) => {
    const cells = data.columns.map((_, j) => cell(matrix, i * matrix.columns + j));
    return `<tr><th scope="row"><bdi>${escaped(layer.name)}</bdi>${cells.join("")}`;
  });
  const caption = escaped(matrix.symmetric ? matrix.label : `${matrix.label}, row → column`);
  return `<div class="scroll"><table class="values"><caption>${caption}</caption><thead><tr><td>${head}<tbody>${lines.join("\n")}</table></div>`;
}

/** What stands in the heat map's place where scripts are off: tables, or the picture of the first metric. */
export function withoutScript(data: ComparisonData): string {
  if (data.matrices.length === 0) return "";
  const cells = data.rows.length * data.columns.length;
  if (cells <= mostCells) {
    const shown = data.matrices.slice(0, Math.max(1, Math.floor(mostInAll / Math.max(1, cells))));
    const others = data.matrices.length - shown.length;
    const rest =
      others === 0 ? "" : `<p>Scripts are off; ${others} more metrics are in pairs.csv beside this file.</p>`;
    return shown.map((matrix) => table(data, matrix)).join("\n") + rest;
  }
  return `<p>Scripts are off, so this is a still picture of the first metric. The others are in heatmap-….svg beside this file, all numbers in pairs.csv.</p>
<div class="scroll">${toSvg(data, 0)}</div>`;
}
