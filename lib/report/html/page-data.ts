import type { ComparisonData, LayerSummary, MetricMatrix } from "../../result.ts";
import { hexColour, palette } from "../colours.ts";
import { formatValue, typographic } from "../format.ts";
import { pack } from "../pack.ts";
import type { PageAxis, PageData, PageMetric } from "../page-data.ts";
import { groupOf, isBounded, isSimilarity, scaleGroups, type ScaleGroup } from "../scale-groups.ts";
import { sourceGroups, sourceLabels } from "../sources.ts";
import { visibleName } from "../visible-name.ts";

/** Everything that the page's script needs. */
export function pageData(data: ComparisonData): PageData {
  const labels = sourceLabels([...data.rows, ...data.columns].map((layer) => layer.source));
  const axis = (layers: readonly LayerSummary[]): PageAxis => ({
    names: layers.map((layer) => visibleName(layer.name)),
    groups: sourceGroups(layers, labels),
  });
  const groups = scaleGroups(data.matrices);
  return {
    symmetric: data.symmetric,
    rows: axis(data.rows),
    columns: axis(data.columns),
    metrics: data.matrices.map((matrix, i) => pageMetric(matrix, groupOf(groups, i), data.symmetric)),
  };
}

function pageMetric(matrix: MetricMatrix, group: ScaleGroup, symmetric: boolean): PageMetric {
  const triangle = symmetric && matrix.symmetric && matrix.rows === matrix.columns;
  const numbers = (values: Float64Array): ArrayLike<number> => (triangle ? upper(values, matrix.rows) : values);
  return {
    label: visibleName(matrix.label),
    bounded: isBounded(matrix),
    similarity: isSimilarity(matrix),
    triangle,
    values: pack(numbers(matrix.values), 4),
    errors: matrix.errors === null ? null : pack(numbers(matrix.errors), 2),
    reasons: matrix.reasons.map(visibleName),
    missing: runs(matrix.status),
    scales: group.scales.map((scale) => ({ ...scale, palette: palette(scale).map(hexColour).join("") })),
    sharedBy: group.matrices.length,
    extent: extentText(group, isBounded(matrix)),
  };
}

function extentText(group: ScaleGroup, bounded: boolean): string {
  if (group.extent === null) return "No value exists.";
  const [low, high] = group.extent.map((value) => typographic(formatValue(value, bounded)));
  return `Values found: ${low} to ${high}.`;
}

function upper(values: Float64Array, side: number): number[] {
  const triangle: number[] = [];
  for (let i = 0; i < side; i++) triangle.push(...values.subarray(i * side + i, (i + 1) * side));
  return triangle;
}

function runs(status: Uint16Array): [number, number, number][] {
  const found: [number, number, number][] = [];
  status.forEach((value, index) => {
    if (value === 0) return;
    const last = found.at(-1);
    if (last !== undefined && last[0] + last[1] === index && last[2] === value - 1) last[1]++;
    else found.push([index, 1, value - 1]);
  });
  return found;
}
