import { allMetrics } from "./index.ts";
import type { Metric } from "./metric.ts";
import type { PresetName } from "./preset-names.ts";

function all(wanted: (metric: Metric) => boolean): string[] {
  return allMetrics.filter(wanted).flatMap(({ id, variants }) => {
    // Minibatch estimates stand in for numbers that a preset has anyway.
    const kept = variants.filter((variant) => variant !== "minibatch");
    return kept.length === 0 ? [id] : kept.map((variant) => `${id}.${variant}`);
  });
}

/** Lists of metrics under one name: `compare(a, b, { metrics: presets.shape })`, or `--preset shape`. */
export const presets = {
  /** Everything that Insulla, Huang and Rosasco 2025 discuss, and the measures that users of CKA ask for besides. */
  paper: all(({ family }) => family !== "platonic"),
  /** What platonic-rep prints, by its own conventions. */
  platonic: all(({ family }) => family === "platonic"),
  cka: ["cka.biased", "cka.debiased"],
  shape: all(({ family }) => family === "shape"),
  independence: all(({ family }) => family === "independence"),
} as const satisfies Readonly<Record<PresetName, readonly string[]>>;
