import type { LayerTask } from "../../task-result.ts";

/** C(m) of the m leading eigenvectors: 1 from the rank on, NaN where nothing is captured. */
export function powerOfLeading({ cumulativePower }: LayerTask, m: number): number {
  if (cumulativePower.length === 0) return NaN;
  return cumulativePower[Math.min(m, cumulativePower.length) - 1]!;
}

/** How many eigenvectors are a share of the samples: at least one. */
export function shareOfSamples(samples: number, share: number): number {
  return Math.max(1, Math.round(samples * share));
}

/** The shares of the samples at which C(m) is told. */
export const toldShares = [0.01, 0.05, 0.1] as const;
