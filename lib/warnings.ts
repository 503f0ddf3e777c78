import type { ChosenMetric } from "./metrics/request.ts";
import type { MedianDistance } from "./kernels/median.ts";
import type { LayerSummary, ResultWarning } from "./result.ts";

/** Biased CKA of two unrelated layers may reach this much before the result warns. */
const tolerableChance = 0.1;

/**
 * Biased linear CKA of independent Gaussian features of widths p and q on n samples: √(pq/((n+p)(n+q))), to first order. It does not
 * vanish, because each layer's kernel is close to the identity when features outnumber samples.
 */
export function chanceLevel(samples: number, p: number, q: number): number {
  return Math.sqrt((p / (samples + p)) * (q / (samples + q)));
}

function widest(layers: readonly LayerSummary[]): LayerSummary {
  return layers.reduce((best, layer) => (layer.features > best.features ? layer : best));
}

/** Warns when biased CKA cannot tell alike from unrelated, because features are many against samples. */
export function biasWarning(
  samples: number,
  rows: readonly LayerSummary[],
  columns: readonly LayerSummary[],
  metrics: readonly ChosenMetric[],
): ResultWarning[] {
  if (!metrics.some(({ metric, variant }) => metric.id === "cka" && variant === "biased")) return [];
  const row = widest(rows);
  const column = widest(columns);
  const chance = chanceLevel(samples, row.features, column.features);
  if (chance <= tolerableChance) return [];
  return [
    {
      code: "BIASED_CKA",
      message:
        `Features are many against samples: on ${samples} samples, biased linear CKA of unrelated layers as wide as ` +
        `${row.name} (${row.features}) and ${column.name} (${column.features}) would already be about ${chance.toFixed(2)}. ` +
        `Use the debiased estimator, or more samples.`,
    },
  ];
}

/** Says which bandwidths come from a sample of the rows. */
export function sampledMedianWarning(medians: readonly MedianDistance[]): ResultWarning[] {
  const sampled = medians.find((median) => !median.exact);
  if (sampled === undefined) return [];
  return [
    {
      code: "SAMPLED_BANDWIDTH",
      message: `Median distances were taken between ${sampled.rows} sampled rows (seed ${sampled.seed}), not between all of them.`,
    },
  ];
}
