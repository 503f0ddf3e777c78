import type { ComparisonData, LayerSummary } from "../result.ts";
import { sourceLabels } from "./sources.ts";
import { visibleName } from "./visible-name.ts";

/** What the layers of a comparison are called on a terminal, and its title: `a ↓  b →`. */
export interface LayerNames {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly sides: string;
}

/** `model:layer` where layers come from several models, else the layer's name. */
function names(layers: readonly LayerSummary[], labels: ReadonlyMap<string, string>): string[] {
  const several = new Set(layers.map((layer) => layer.source)).size > 1;
  return layers.map(({ name, source }) => {
    const label = source === null ? undefined : labels.get(source);
    return several && label !== undefined ? `${label}:${visibleName(name)}` : visibleName(name);
  });
}

function sideName(layers: readonly LayerSummary[], labels: ReadonlyMap<string, string>): string {
  const sources = new Set(layers.map((layer) => layer.source));
  const [source] = sources;
  return sources.size === 1 && typeof source === "string" ? (labels.get(source) ?? source) : "";
}

/** The names of both sides: as short as they can be while they still tell the layers apart. */
export function layerNames(data: Pick<ComparisonData, "rows" | "columns" | "symmetric">): LayerNames {
  const labels = sourceLabels([...data.rows, ...data.columns].map((layer) => layer.source));
  return {
    rows: names(data.rows, labels),
    columns: names(data.columns, labels),
    sides: data.symmetric
      ? sideName(data.rows, labels)
      : `${sideName(data.rows, labels) || "rows"} ↓  ${sideName(data.columns, labels) || "columns"} →`,
  };
}
