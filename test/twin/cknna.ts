/** CKNNA (Huh et al. 2024): CKA of kernels of which only the pairs of mutual neighbours are kept, with a symmetric mask. */
import { toNumber, dd } from "./double-double.ts";
import { biasedHsic, unbiasedHsic } from "./hsic.ts";
import { Matrix } from "./matrix.ts";
import type { Lists } from "./neighbours.ts";

/** Pairs where j is a neighbour of i in both lists, or i of j in both. A layer with itself: j a neighbour of i or i of j. */
export function mutualMask(a: Lists, b: Lists): (i: number, j: number) => boolean {
  const both = (i: number, j: number): boolean => (a[i]?.includes(j) ?? false) && (b[i]?.includes(j) ?? false);
  return (i, j) => both(i, j) || both(j, i);
}

function masked(kernel: Matrix, keep: (i: number, j: number) => boolean): Matrix {
  return Matrix.symmetric(kernel.n, (i, j) => (keep(i, j) ? kernel.at(i, j) : dd(0)));
}

/** HSIC of the masked kernels over the root of the self-terms, each under its layer's own mask; NaN where one of these is not positive. */
export function cknna(k: Matrix, l: Matrix, a: Lists, b: Lists, estimator: "biased" | "debiased"): number {
  const hsic = (first: Matrix, second: Matrix, mask: (i: number, j: number) => boolean): number => {
    const [p, q] = [masked(first, mask), masked(second, mask)];
    return toNumber(estimator === "biased" ? biasedHsic(p, q) : unbiasedHsic(p, q));
  };
  const [selfK, selfL] = [hsic(k, k, mutualMask(a, a)), hsic(l, l, mutualMask(b, b))];
  if (!(selfK > 0 && selfL > 0)) return NaN;
  return hsic(k, l, mutualMask(a, b)) / Math.sqrt(selfK) / Math.sqrt(selfL);
}
