/** Kernel alignment in the eigenbasis (Insulla, Huang & Rosasco 2025, section 3.1.2), and what a spectrum says by itself. */
import { crossProduct } from "./dense.ts";
import { type Features, at, map } from "./features.ts";
import { eigen } from "./jacobi.ts";

/** Eigenvalues of K/n, falling. */
export function spectrum(k: Features): Float64Array {
  return eigen(map(k, (value) => value / k.n)).values;
}

/** (Σ η)²/Σ η². */
export function participationRatio(eta: Float64Array): number {
  const sum = eta.reduce((s, value) => s + value, 0);
  return sum ** 2 / eta.reduce((s, value) => s + value ** 2, 0);
}

/** exp of the entropy of η/Σ η; eigenvalues that are not positive have no share. */
export function entropyRank(eta: Float64Array): number {
  const positive = eta.filter((value) => value > 0);
  const sum = positive.reduce((s, value) => s + value, 0);
  return Math.exp(-positive.reduce((s, value) => s + (value / sum) * Math.log(value / sum), 0));
}

export interface SpectralAlignment {
  readonly alignment: number;
  /** Eigenvalues of K/n and of L/n, falling. */
  readonly spectra: readonly [Float64Array, Float64Array];
  /** [i, j]: η̂_{1,i}·η̂_{2,j}·C_ij², C = Φ_1ᵀΦ_2; they add up to the alignment. */
  readonly contributions: Features;
}

export function spectralAlignment(k: Features, l: Features): SpectralAlignment {
  const [first, second] = [k, l].map((kernel) => eigen(map(kernel, (value) => value / kernel.n)));
  if (!first || !second) throw new Error("two kernels are compared");
  const length = (eta: Float64Array): number => Math.hypot(...eta);
  const c = crossProduct(first.vectors, second.vectors);
  const contributions = map(
    c,
    (value, i, j) =>
      ((first.values[i] ?? NaN) / length(first.values)) *
      ((second.values[j] ?? NaN) / length(second.values)) *
      value ** 2,
  );
  let alignment = 0;
  for (let i = 0; i < k.n; i++) for (let j = 0; j < k.n; j++) alignment += at(contributions, i, j);
  return { alignment, spectra: [first.values, second.values], contributions };
}
