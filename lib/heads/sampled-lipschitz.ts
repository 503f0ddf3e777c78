import { breaths } from "../breath.ts";
import type { PhaseOptions } from "../phase-job.ts";
import { permutations } from "../random.ts";
import type { Representation } from "../representation.ts";
import type { Head } from "./head.ts";

/** How much a head was seen to expand: a lower estimate of its Lipschitz constant, never a bound. */
export interface SampledLipschitz {
  /** The largest ‖g(z) − g(z')‖/‖z − z'‖ seen. */
  readonly constant: number;
  /** Pairs of rows that it was the largest of; pairs too close for it, of equal rows for instance, are left out. */
  readonly pairs: number;
  readonly seed: number;
}

/** Closer pairs than this, relative to the rows, have differences of which rounding is no small part. */
const closest = 1e-6;

/** Σ_j (a_j − b_j)² of two rows, over powers of two that nobody needs: activations are not of that size. */
function squaredDistance(values: Float64Array, width: number, a: number, b: number): number {
  let sum = 0;
  for (let j = 0; j < width; j += 1) sum += (values[a * width + j]! - values[b * width + j]!) ** 2;
  return sum;
}

function squaredNorms(values: Float64Array, samples: number, width: number): Float64Array {
  const norms = new Float64Array(samples);
  for (let i = 0; i < samples; i += 1) for (let j = 0; j < width; j += 1) norms[i]! += values[i * width + j]! ** 2;
  return norms;
}

/**
 * The largest expansion over seeded pairs of rows: of each permutation, the pairs of rows that stand next to each other in it. Null where no
 * pair is far enough apart.
 */
export async function sampledLipschitz(
  head: Head,
  features: Representation,
  { seed, rounds }: { readonly seed: number; readonly rounds: number },
  options: PhaseOptions,
): Promise<SampledLipschitz | null> {
  const { signal, threads } = options;
  const outputs = await head.apply(features, signal === undefined ? { threads } : { threads, signal });
  const z = features.toFloat64Array();
  const g = outputs.toFloat64Array();
  const { samples, features: width } = features;
  const norms = squaredNorms(z, samples, width);
  const shuffle = permutations(seed);
  const order = new Uint32Array(samples);
  const breath = breaths();
  let most = 0;
  let pairs = 0;
  for (let round = 0; round < rounds; round += 1) {
    shuffle(order);
    for (let k = 1; k < samples; k += 1) {
      const a = order[k - 1]!;
      const b = order[k]!;
      const apart = squaredDistance(z, width, a, b);
      if (!(apart > closest ** 2 * (norms[a]! + norms[b]!))) continue;
      pairs += 1;
      most = Math.max(most, squaredDistance(g, outputs.features, a, b) / apart);
      if (k % 64 === 0) {
        await breath();
        signal?.throwIfAborted();
      }
    }
  }
  return pairs === 0 ? null : { constant: Math.sqrt(most), pairs, seed };
}
