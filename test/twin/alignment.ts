import { type DoubleDouble, Sum, dd, divide, multiply, squareRoot, toNumber } from "./double-double.ts";
import { centre } from "./centring.ts";
import { unbiasedHsic } from "./hsic.ts";
import { type Matrix, inner } from "./matrix.ts";

/** a/√(b·c); NaN when b or c is not positive. */
function cosine(cross: DoubleDouble, first: DoubleDouble, second: DoubleDouble): number {
  if (!(first.hi > 0 && second.hi > 0)) return NaN;
  // The root of each by itself: their product may leave the range of doubles.
  return toNumber(divide(divide(cross, squareRoot(first)), squareRoot(second)));
}

/** Kernel alignment (Insulla, Huang & Rosasco 2025, section 3.1): ⟨K, L⟩/(‖K‖‖L‖). */
export function ka(k: Matrix, l: Matrix): number {
  return cosine(inner(k, l), inner(k, k), inner(l, l));
}

/** CKA: the kernel alignment of HKH and HLH. */
export function cka(k: Matrix, l: Matrix): number {
  return ka(centre(k), centre(l));
}

/** Debiased CKA; NaN where a self-term is not positive. May be negative. */
export function debiasedCka(k: Matrix, l: Matrix): number {
  return cosine(unbiasedHsic(k, l), unbiasedHsic(k, k), unbiasedHsic(l, l));
}

/** Minibatch CKA (Nguyen, Raghu & Kornblith 2021): the unbiased HSICs averaged over the batches, then the ratio. */
export function minibatchCka(k: Matrix, l: Matrix, batches: readonly (readonly number[])[]): number {
  const mean = (a: Matrix, b: Matrix): DoubleDouble => {
    const sum = new Sum();
    for (const batch of batches) {
      const value = unbiasedHsic(a.select(batch), b.select(batch));
      sum.addPair(value.hi, value.lo);
    }
    return divide(sum.value(), dd(batches.length));
  };
  return cosine(mean(k, l), mean(k, k), mean(l, l));
}

/**
 * How much larger the biased self-term is than the debiased one: the factor by which a relative error of ‖HKH‖² grows in the debiased
 * self-HSIC. Tolerances of debiased quantities are multiplied by it.
 */
export function debiasingAmplification(k: Matrix): number {
  const biased = toNumber(multiply(inner(centre(k), centre(k)), dd(1 / (k.n * (k.n - 3)))));
  return biased / Math.abs(toNumber(unbiasedHsic(k, k)));
}
