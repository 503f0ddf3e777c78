/** How far an empirical kernel alignment may be from that of the distribution (Insulla, Huang & Rosasco 2025, section 3.1, lemma 1). */
import { toNumber } from "./double-double.ts";
import { type Matrix, inner } from "./matrix.ts";

/** As the lemma is printed, for kernels bounded by 1 and with its constant left out: √((32/n)·log(2/δ)). */
export function printedDeviation(n: number, delta: number): number {
  return Math.sqrt((32 / n) * Math.log(2 / delta));
}

/**
 * With every constant: ⟨K_a,K_b⟩/n² is within ε_ab = C_ab·√((8/n)·log(6/δ)) + 2C_ab/n of its limit, for the three of them at once with
 * probability 1 − δ (McDiarmid with differences of 4C_ab/n, a union over three, the bias of the diagonal). `bounds` are max |k|.
 */
export function explicitInterval(
  k: Matrix,
  l: Matrix,
  bounds: readonly [number, number],
  delta: number,
): [number, number] {
  const n = k.n;
  const deviation = (c: number): number => c * Math.sqrt((8 / n) * Math.log(6 / delta)) + (2 * c) / n;
  const [c1, c2] = bounds;
  const a12 = toNumber(inner(k, l)) / n ** 2;
  const a11 = toNumber(inner(k, k)) / n ** 2;
  const a22 = toNumber(inner(l, l)) / n ** 2;
  const lower =
    Math.max(0, a12 - deviation(c1 * c2)) / Math.sqrt((a11 + deviation(c1 * c1)) * (a22 + deviation(c2 * c2)));
  const below = Math.max(0, a11 - deviation(c1 * c1)) * Math.max(0, a22 - deviation(c2 * c2));
  const upper = below === 0 ? 1 : (a12 + deviation(c1 * c2)) / Math.sqrt(below);
  const clip = (value: number): number => Math.min(1, Math.max(0, value));
  return [clip(lower), clip(upper)];
}

/** max_i ‖x_i‖², the plug-in bound of the linear kernel: the largest diagonal entry. */
export function observedBound(k: Matrix): number {
  return Array.from({ length: k.n }, (_, i) => toNumber(k.at(i, i))).reduce((a, b) => Math.max(a, b), 0);
}
