import type { Kernel } from "../../lib/kernels/kernel.ts";
import { centre, uCentre } from "../twin/centring.ts";
import { Sum, dd, divide, subtract, toNumber } from "../twin/double-double.ts";
import { type Features, at, features } from "../twin/features.ts";
import { medianDistance } from "../twin/gram.ts";
import { type Matrix, inner } from "../twin/matrix.ts";

/**
 * What rounding may do to one operator, found from the data and the number format alone, so that a test need not guess a tolerance.
 *
 * An engine that works with tiles of unit roundoff u computes each entry from an inner product of centred features, which is off by about
 * u·p_i·p_j with p_i = ‖x_i − μ‖. All norms are Frobenius norms.
 */
export interface ErrorBound {
  /** Of the errors of the off-diagonal entries. */
  readonly entries: number;
  /** Of what is summed: the kernel less what centring annihilates anyway. In feature space with its diagonal, which is taken out later. */
  readonly size: number;
}

export const unitRoundoff = { f32: 2 ** -24, f64: 2 ** -53 } as const;

export function norm(a: Matrix): number {
  return Math.sqrt(Math.max(0, toNumber(inner(a, a))));
}

/** ‖x_i − μ‖ of every row, of the rows themselves or of the rows divided by their norms. */
function centredNorms(x: Features): Float64Array {
  const norms = new Float64Array(x.n);
  for (let j = 0; j < x.d; j++) {
    const sum = new Sum();
    for (let i = 0; i < x.n; i++) sum.add(at(x, i, j));
    const mean = divide(sum.value(), dd(x.n));
    for (let i = 0; i < x.n; i++) norms[i] = (norms[i] ?? NaN) + toNumber(subtract(dd(at(x, i, j)), mean)) ** 2;
  }
  return norms.map(Math.sqrt);
}

function unitRows(x: Features): Features {
  const norms = Array.from({ length: x.n }, (_, i) => Math.hypot(...x.data.subarray(i * x.d, (i + 1) * x.d)));
  return features(x.n, x.d, (i, j) => at(x, i, j) / (norms[i] ?? NaN));
}

/** `k` is the twin's Gram matrix of `x` under `kernel`; `u` the unit roundoff of a tile. */
export function errorBound(x: Features, kernel: Kernel, k: Matrix, u: number, space: "gram" | "feature"): ErrorBound {
  const rows = kernel.kind === "cosine" ? unitRows(x) : x;
  const p = centredNorms(rows);
  // Rows divided by their norms are rounded to f64 before they are centred.
  const early = kernel.kind === "cosine" ? unitRoundoff.f64 : 0;
  const entries = k.toNumbers();
  const largest = entries.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const median = kernel.kind === "rbf" || kernel.kind === "laplacian" ? medianDistance(x) : NaN;
  let errors = 0;
  let sizes = 0;
  for (let i = 0; i < x.n; i++) {
    for (let j = 0; j < x.n; j++) {
      if (i === j && space === "gram") continue;
      const [pi = NaN, pj = NaN] = [p[i], p[j]];
      const [error, size] = entry(kernel, entries[i * x.n + j] ?? NaN, pi * pj, x, largest, median, u);
      errors += (u * error + early * (pi + pj + early)) ** 2;
      sizes += size ** 2;
    }
  }
  return { entries: Math.sqrt(errors), size: Math.sqrt(sizes) };
}

/** [error / u, size] of one entry K_ij = `value`, `pp` = p_i·p_j. */
function entry(
  kernel: Kernel,
  value: number,
  pp: number,
  x: Features,
  largest: number,
  median: number,
  u: number,
): [number, number] {
  switch (kernel.kind) {
    case "linear":
    case "cosine":
      return [pp, pp];
    case "polynomial": {
      // f(s) = (γs + c)^p: |f'| ≤ pγM^(1 − 1/p) with M the largest entry, and p more for the second-order terms of what is split off.
      const gamma = kernel.gamma === "1/d" ? 1 / x.d : kernel.gamma;
      const size = kernel.degree ** 2 * gamma * largest ** (1 - 1 / kernel.degree) * pp;
      return [size, size];
    }
    case "rbf": {
      const sigma = typeof kernel.bandwidth === "number" ? kernel.bandwidth : kernel.bandwidth.median * median;
      const size = Math.abs(value * Math.expm1((-1 / 2) * (median / sigma) ** 2 - Math.log(value || 1)));
      return [(value * pp) / sigma ** 2 + size, size];
    }
    case "laplacian": {
      const sigma = typeof kernel.bandwidth === "number" ? kernel.bandwidth : kernel.bandwidth.median * median;
      const distance = -sigma * Math.log(value || Number.MIN_VALUE);
      const size = Math.abs(value * Math.expm1(-median / sigma - Math.log(value || 1)));
      // D² is off by 2u·pp. Far from 0 that makes D off by u·pp/D; near 0, by the root.
      const distanceError = Math.min(pp / distance, Math.sqrt((2 * pp) / u));
      return [(value * distanceError) / sigma + size, size];
    }
  }
}

/** How much of an operator is left once it is centred, in each estimator's sense. */
export interface Margins {
  readonly plain: number;
  readonly centred: number;
  readonly debiased: number;
}

export function marginsOf(k: Matrix): Margins {
  return { plain: norm(k), centred: norm(centre(k)), debiased: norm(uCentre(k)) };
}
