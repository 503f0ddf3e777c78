/** Maximum mean discrepancy (Gretton et al. 2012) of two samples in one space; their sizes may differ. */
import type { Kernel } from "../../lib/kernels/kernel.ts";
import { Sum, toNumber } from "./double-double.ts";
import { type Features, at, features } from "./features.ts";
import { gram, medianDistance } from "./gram.ts";

export interface Mmd {
  /** The V-statistic: every pair, a sample with itself included. */
  readonly biased: number;
  /** The U-statistic: no sample with itself. */
  readonly unbiased: number;
}

/** The rows of x, then those of y. */
export function pooled(x: Features, y: Features): Features {
  return features(x.n + y.n, x.d, (i, j) => (i < x.n ? at(x, i, j) : at(y, i - x.n, j)));
}

/** Median of the distances of all rows of both, the bandwidth rule of {@link mmd2}. */
export function pooledMedian(x: Features, y: Features): number {
  return medianDistance(pooled(x, y));
}

/** A bandwidth that is a multiple of the median is one of the pooled rows. */
export function mmd2(x: Features, y: Features, kernel: Kernel): Mmd {
  const k = gram(pooled(x, y), kernel);
  const sum = (rows: readonly [number, number], columns: readonly [number, number], diagonal: boolean): number => {
    const total = new Sum();
    for (let i = rows[0]; i < rows[1]; i++) {
      for (let j = columns[0]; j < columns[1]; j++) {
        const { hi, lo } = k.at(i, j);
        if (diagonal || i !== j) total.addPair(hi, lo);
      }
    }
    return toNumber(total.value());
  };
  const [first, second] = [[0, x.n] as const, [x.n, x.n + y.n] as const];
  const between = (2 * sum(first, second, true)) / (x.n * y.n);
  return {
    biased: sum(first, first, true) / x.n ** 2 + sum(second, second, true) / y.n ** 2 - between,
    unbiased: sum(first, first, false) / (x.n * (x.n - 1)) + sum(second, second, false) / (y.n * (y.n - 1)) - between,
  };
}
