import type { Sum } from "../operator-table.ts";

/**
 * What an interval is wanted for. `dcor2` is `cka` of distance operators: squared distance correlation (Székely, Rizzo and Bakirov 2007)
 * is the centred alignment of the two distance matrices.
 */
export type IntervalStatistic = "ka" | "cka" | "cka.debiased" | "dcor2";

/** Which part of the operators each statistic is a formula of: see NativeWeightedSpec.form. */
export const formOf = {
  ka: "full",
  cka: "conditioned",
  dcor2: "conditioned",
  "cka.debiased": "off-diagonal",
} as const satisfies Record<IntervalStatistic, "conditioned" | "full" | "off-diagonal">;

/** The sums of two operators A and B under weights w of the samples, m = Σw. */
export interface WeightedSums {
  readonly m: number;
  /** Σ_ij w_i·w_j·A_ij·B_ij. */
  readonly quadratic: number;
  /** Σ_i w_i·(Aw)_i·(Bw)_i. */
  readonly rows: number;
  /** wᵀAw and wᵀBw. */
  readonly totals: readonly [number, number];
}

/** m(m−3) has to be above 0. */
const fewestDebiased = 4;

/**
 * The inner product that the statistic normalises, of the m samples that the weights stand for: ⟨K_a, K_b⟩, ⟨HK_aH, HK_bH⟩, or m(m−3)
 * times the unbiased HSIC of Song et al. 2012 (weights 0 and 1 only: a sample that is there twice has a twin off the diagonal).
 */
export function weightedInner(statistic: IntervalStatistic, sums: WeightedSums): Sum {
  const { m, quadratic, rows, totals } = sums;
  const all = totals[0] * totals[1];
  switch (statistic) {
    case "ka":
      return { value: quadratic, magnitude: Math.abs(quadratic) };
    case "cka":
    case "dcor2":
      return {
        value: quadratic - (2 / m) * rows + all / m ** 2,
        magnitude: Math.abs(quadratic) + (2 / m) * Math.abs(rows) + Math.abs(all) / m ** 2,
      };
    case "cka.debiased": {
      if (m < fewestDebiased) return { value: NaN, magnitude: NaN };
      const lines = (2 * rows) / (m - 2);
      const whole = all / ((m - 1) * (m - 2));
      return { value: quadratic + whole - lines, magnitude: Math.abs(quadratic) + Math.abs(whole) + Math.abs(lines) };
    }
  }
}
