import type { ComparisonData, MetricMatrix } from "../../result.ts";
import { formatError, formatValue, typographic } from "../format.ts";
import { isBounded } from "../scale-groups.ts";
import { toSvg } from "../svg.ts";
import { escaped } from "../svg/markup.ts";

/** Up to this many cells a metric is a table; beyond it a picture, for the page must stay small. */
const mostCells = 900;

function cell(matrix: MetricMatrix, index: number): string {
  const status = matrix.status[index] ?? 0;
  if (status > 0) return `<td title="${escaped(matrix.reasons[status - 1] ?? "")}">undefined`;
  const error = matrix.errors?.[index] ?? Number.NaN;
  const value = formatValue(matrix.values[index] ?? Number.NaN, isBounded(matrix));
  return `<td>${typographic(Number.isNaN(error) ? value : `${value} ± ${formatError(error)}`)}`;
}

function table(data: ComparisonData, matrix: MetricMatrix): string {
  const head = data.columns.map((layer) => `<th scope="col"><bdi>${escaped(layer.name)}</bdi>`).join("");
  const lines = data.rows.map((layer, i) => {
    const cells = data.columns.map((_, j) => cell(matrix, i * matrix.columns + j));
    return `<tr><th scope="row"><bdi>${escaped(layer.name)}</bdi>${cells.join("")}`;
  });
  return `<div class="scroll"><table class="values"><caption>${escaped(matrix.label)}</caption><thead><tr><td>${head}<tbody>${lines.join("\n")}</table></div>`;
}

/** What stands in the heat map's place where scripts are off: tables, or the picture of the first metric. */
export function withoutScript(data: ComparisonData): string {
  if (data.matrices.length === 0) return "";
  if (data.rows.length * data.columns.length <= mostCells) {
    return data.matrices.map((matrix) => table(data, matrix)).join("\n");
  }
  return `<p>Scripts are off, so this is a still picture of the first metric. The others are in heatmap-….svg beside this file, all numbers in pairs.csv.</p>
<div class="scroll">${toSvg(data, 0)}</div>`;
}
