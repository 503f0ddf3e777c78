import { linear } from "../kernels/linear.ts";
import { Representation } from "../representation.ts";
import { factorise } from "../spectral/factorise.ts";
import type { PhaseOptions } from "../phase-job.ts";

/** How far a computed eigenvalue of a k×k matrix may lie from its own, in units of k·2^-53·λ₁ (p(k) of the LAPACK Users' Guide, section 4.7). */
const eigenSlack = 10;

/**
 * ‖W‖₂ of a rows×cols matrix, never below the truth and above it by rounding only: W's smaller Gram matrix is formed and all its
 * eigenvalues found, so nothing is left to a power iteration that may start at the wrong place. What comes out is enlarged by what it may
 * have lost: an inner product of p terms is off by at most p·2^-53·Σ|xy| (Higham 2002, section 3.1), hence the Gram matrix in norm
 * by p·2^-53·‖W‖²_F, and its eigenvalues by the slack above.
 */
export async function spectralNorm(
  weights: Float64Array,
  shape: readonly [number, number],
  options: PhaseOptions,
): Promise<number> {
  let largest = 0;
  for (const value of weights) largest = Math.max(largest, Math.abs(value));
  if (largest === 0) return 0;
  // By a power of two, so that squares neither overflow nor vanish and nothing is rounded.
  const scale = 2 ** Math.max(-1000, Math.floor(Math.log2(largest)));
  const data = weights.map((value) => value / scale);
  const layer = Representation.fromArray(data, shape, { name: "weights", take: true });
  const found = await factorise(
    [layer],
    new Map(),
    { ...options, kernel: linear(), precision: "f64", seed: 0 },
    { centred: false, basis: false },
  );
  const factor = found[0]!;
  if ("reason" in factor) return 0;
  const unit = 2 ** -53;
  const least = factor.eigenvalues[0]!;
  const lost = Math.max(...shape) * factor.trace + eigenSlack * Math.min(...shape) * least;
  // Once more for the roundings of this line.
  return scale * Math.sqrt(least + unit * lost) * (1 + 4 * unit);
}
