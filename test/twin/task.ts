/** How well a kernel suits targets (Insulla, Huang & Rosasco 2025, section 6.1). Y is n×t. */
import { cka, ka } from "./alignment.ts";
import { crossProduct, frobenius, norm, scaled, shifted, times, timesTranspose, trace } from "./dense.ts";
import { type Features, at, map } from "./features.ts";
import { eigen } from "./jacobi.ts";
import type { Matrix } from "./matrix.ts";
import { gram } from "./gram.ts";
import { inverse } from "./solve.ts";

/** YYᵀ. */
export function targetKernel(y: Features): Matrix {
  return gram(y, { kind: "linear" });
}

/** Kernel–target alignment (Cristianini et al. 2001), A(K, YYᵀ). */
export function kernelTargetAlignment(k: Matrix, y: Features): number {
  return ka(k, targetKernel(y));
}

/** The centred one (Cortes, Mohri & Rostamizadeh 2012): both sides centred. */
export function centredKernelTargetAlignment(k: Matrix, y: Features): number {
  return cka(k, targetKernel(y));
}

/** KARE(λ) (Jacot et al. 2020): [(1/n)·Yᵀ(K/n+λI)^-2Y] / [(1/n)·tr (K/n+λI)^-1]², added up over the columns of Y. */
export function kare(k: Features, y: Features, lambda: number): number {
  const resolvent = inverse(shifted(scaled(k, 1 / k.n), lambda));
  const residual = times(resolvent, y);
  return frobenius(residual, residual) / k.n / (trace(resolvent) / k.n) ** 2;
}

export interface TargetPower {
  /** Eigenvalues η of K/n, falling. */
  readonly eigenvalues: Float64Array;
  /** η_iw_i² = ‖φ_iᵀY‖² for unit eigenvectors φ_i: what of ‖Y‖² each direction holds. */
  readonly power: Float64Array;
  /** Share of ‖Y‖² within the eigenvectors whose eigenvalues are above max(n)·ε·η_1. */
  readonly captured: number;
  readonly rank: number;
}

export function targetPower(k: Features, y: Features): TargetPower {
  const { values, vectors } = eigen(scaled(k, 1 / k.n));
  const coefficients = crossProduct(vectors, y);
  const power = values.map((_, i) => {
    let sum = 0;
    for (let j = 0; j < y.d; j++) sum += at(coefficients, i, j) ** 2;
    return sum;
  });
  const rank = values.filter((value) => value > k.n * Number.EPSILON * (values[0] ?? NaN)).length;
  const captured = power.slice(0, rank).reduce((sum, value) => sum + value, 0) / frobenius(y, y);
  return { eigenvalues: values, power, captured, rank };
}

/** C(m) (Canatar, Bordelon & Pehlevan 2021): the share of the captured power in the m leading eigenvectors. */
export function cumulativePower({ power, rank }: TargetPower, m: number): number {
  const sum = (count: number): number => power.slice(0, count).reduce((s, value) => s + value, 0);
  return sum(Math.min(m, rank)) / sum(rank);
}

/** Source condition: Σ η_iw_i²/η_i^2r over the eigenvalues above tolerance, φ_i of unit norm in ℝⁿ. */
export function sourceCondition({ power, eigenvalues, rank }: TargetPower, r: number): number {
  return power.slice(0, rank).reduce((sum, value, i) => sum + value / (eigenvalues[i] ?? NaN) ** (2 * r), 0);
}

/** A(K, h⊗h) from the spectrum, for one target h in the span: Σ η²w²/(√(Σ η²)·Σ ηw²). */
export function spectralTargetAlignment({ power, eigenvalues }: TargetPower): number {
  const weighted = power.reduce((sum, value, i) => sum + value * (eigenvalues[i] ?? NaN), 0);
  const total = power.reduce((sum, value) => sum + value, 0);
  return weighted / (Math.hypot(...eigenvalues) * total);
}

export interface PredictorBound {
  /** (1/n)·‖KY/(n·√E K²) − Y‖² with Y scaled to E‖y‖² = 1. */
  readonly risk: number;
  /** 2(1 − A(K,yyᵀ)); for several targets 2(1 − ⟨K,YYᵀ⟩/(n‖K‖)), the scaled Y meant. */
  readonly bound: number;
  /** Share of the entries of Y whose sign the predictor misses. */
  readonly wrongSigns: number;
}

/** The kernel's own predictor, h(x) = E'[K(x,x')y']/√(E K²), and its bound. */
export function predictorBound(k: Features, y: Features): PredictorBound {
  const n = k.n;
  const target = scaled(y, Math.sqrt(n) / norm(y));
  const predicted = scaled(times(k, target), 1 / norm(k));
  const error = map(predicted, (value, i, j) => value - at(target, i, j));
  const wrong = predicted.data.filter((value, index) => value * (target.data[index] ?? NaN) <= 0).length;
  return {
    risk: frobenius(error, error) / n,
    bound: 2 * (1 - frobenius(k, timesTranspose(target, target)) / (n * norm(k))),
    wrongSigns: wrong / predicted.data.length,
  };
}
