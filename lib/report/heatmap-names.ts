import type { MetricMatrix } from "../result.ts";

/**
 * File names for the heat maps, from the keys of the matrices: `heatmap-cka.debiased.rbf-1x-median.svg`. Only letters, digits,
 * points and hyphens are kept, so that every file system takes them; keys that become equal are told apart by a number.
 */
export function heatmapNames(matrices: readonly Pick<MetricMatrix, "key">[]): string[] {
  const taken = new Set<string>();
  return matrices.map(({ key }) => {
    const stem = key
      .replaceAll("×", "x")
      .replace(/[^A-Za-z0-9.]+/g, "-")
      .replace(/^[-.]+|[-.]+$/g, "")
      .slice(0, 120);
    // Some file systems do not tell capitals apart.
    let name = stem;
    for (let i = 2; taken.has(name.toLowerCase()); i++) name = `${stem}-${i}`;
    taken.add(name.toLowerCase());
    return `heatmap-${name}.svg`;
  });
}
