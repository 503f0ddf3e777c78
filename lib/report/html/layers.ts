import type { ComparisonData, LayerSummary } from "../../result.ts";
import { formatTick } from "../format.ts";
import { sourceGroups, sourceLabels } from "../sources.ts";
import { escaped } from "../svg/markup.ts";

const titles = ["Layer", "Samples", "Features", "Type", "Constant columns", "Zero rows", "RMS", "RMS, centred"];

function number(value: number): string {
  return `<td>${value.toLocaleString("en-US")}`;
}

/** A count that should be zero: a sign and a class where it is not, so that it is not told by colour alone. */
function flagged(value: number): string {
  return value === 0 ? "<td>0" : `<td class="flag">${value.toLocaleString("en-US")} !`;
}

// Closing tags that HTML lets one leave out are left out: four hundred layers are part of the page's size.
function line(layer: LayerSummary): string {
  return [
    `<tr><th scope="row"><bdi>${escaped(layer.name)}</bdi>`,
    number(layer.samples),
    number(layer.features),
    `<td>${escaped(layer.dtype)}`,
    flagged(layer.constantColumns),
    flagged(layer.zeroRows),
    `<td>${formatTick(layer.rms)}<td>${formatTick(layer.centredRms)}`,
  ].join("");
}

function table(caption: string, layers: readonly LayerSummary[], labels: ReadonlyMap<string, string>): string {
  const head = titles.map((title) => `<th scope="col">${title}`).join("");
  const bodies = sourceGroups(layers, labels).map(({ label, first, count }) => {
    const title =
      label === "" ? "" : `<tr class="group"><th colspan="${titles.length}" scope="rowgroup">${escaped(label)}`;
    return `<tbody>${title}${layers
      .slice(first, first + count)
      .map(line)
      .join("\n")}`;
  });
  return `<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table class="layers"><caption>${caption}</caption><thead><tr>${head}<tbody>${bodies.join("\n")}</table></div>`;
}

/** What is known of every layer, rows and columns apart. */
export function layerTables(data: ComparisonData): string {
  const labels = sourceLabels([...data.rows, ...data.columns].map((layer) => layer.source));
  if (data.symmetric) return table("All layers", data.rows, labels);
  return table("Row layers", data.rows, labels) + table("Column layers", data.columns, labels);
}
