import type { ComparisonData, LayerSummary } from "../../result.ts";
import { sourceLabels } from "../sources.ts";

const mostNames = 3;

function models(layers: readonly LayerSummary[], labels: ReadonlyMap<string, string>): string {
  const names = [...new Set(layers.flatMap(({ source }) => (source === null ? [] : [labels.get(source) ?? source])))];
  if (names.length > mostNames) return `${names.length} models`;
  return names.join(", ");
}

/** What is compared, in a few words: `mlp-a × cnn`. */
export function reportTitle(data: ComparisonData): string {
  const labels = sourceLabels([...data.rows, ...data.columns].map((layer) => layer.source));
  const rows = models(data.rows, labels);
  const columns = models(data.columns, labels);
  if (rows === "" && columns === "") return "Layer comparison";
  return data.symmetric || rows === columns ? rows : [rows, columns].map((name) => name || "layers").join(" × ");
}

/** One sentence: how many layers of what against how many, on how many samples. */
export function reportSummary(data: ComparisonData): string {
  const layers = (count: number): string => `${count} ${count === 1 ? "layer" : "layers"}`;
  const sides = data.symmetric
    ? `${layers(data.rows.length)} compared with each other`
    : `${layers(data.rows.length)} compared with ${layers(data.columns.length)}`;
  return `${sides} on ${data.samples.toLocaleString("en-US")} samples`;
}
