import { breaths } from "../breath.ts";
import { linear } from "../kernels/linear.ts";
import { emptyElements } from "../matrix/typed-array.ts";
import type { NativeMatrix } from "../native.ts";
import { transposed } from "../matrix/transposed.ts";
import type { PhaseOptions } from "../phase-job.ts";
import { matrixOf, type Representation } from "../representation.ts";
import { factorise } from "../spectral/factorise.ts";
import { multiply } from "../spectral/products.ts";

/**
 * Coordinates in which a search for S is well conditioned: S = S_0 + Δ·V with V (r×d_1) such that p = V·f − m has mean 0 and unit covariance over
 * the samples. A least-squares problem in S has curvatures like the squares of the features' singular values; in Δ they are all alike.
 */
export interface SearchSpace {
  readonly rank: number;
  /** n×max(r, 1), row p_i; a column of zeros where there is no direction. */
  readonly features: NativeMatrix;
  /** V, row-major. */
  readonly directions: Float64Array;
  /** m = V·mean(f) where the stitcher has a bias, else zeros. */
  readonly offsets: Float64Array;
  /** ‖v_k‖², what ‖S‖² gains of Δ's column k. */
  readonly lengths: Float64Array;
}

/** Directions with less than this share of the leading one's variance stay as the start has them: S would need entries 10⁸ times as large there. */
const leastShare = 1e-16;

function zeros(length: number): Float64Array {
  return emptyElements("f64", length) as Float64Array;
}

async function centre(
  values: Float64Array,
  cols: number,
  breath: () => Promise<void> | undefined,
): Promise<Float64Array> {
  const rows = values.length / cols;
  const means = new Float64Array(cols);
  for (let i = 0; i < rows; i += 1) {
    for (let k = 0; k < cols; k += 1) means[k]! += values[i * cols + k]! / rows;
    if (i % 256 === 0) await breath();
  }
  for (let i = 0; i < rows; i += 1) {
    for (let k = 0; k < cols; k += 1) values[i * cols + k]! -= means[k]!;
    if (i % 256 === 0) await breath();
  }
  return means;
}

/** From one factorisation of the source. With `centred` the features' mean is taken out, as a bias makes up for it; `ridge` ≥ 0 is added to each variance. */
export async function searchSpace(
  source: Representation,
  { centred, ridge }: { readonly centred: boolean; readonly ridge: number },
  options: PhaseOptions,
): Promise<SearchSpace> {
  const { samples, features: width } = source;
  const spectral = { ...options, onProgress: undefined, kernel: linear(), precision: "f64", seed: 0 } as const;
  const [factor] = await factorise([source], new Map(), spectral, { centred, basis: true });
  const basis = factor === undefined || "reason" in factor ? null : factor.basis;
  const eigenvalues = factor === undefined || "reason" in factor ? new Float64Array(0) : factor.eigenvalues;
  const rank = eigenvalues.filter((value) => value >= leastShare * eigenvalues[0]!).length;
  const space = { rank, directions: zeros(rank * width), lengths: zeros(rank) };
  if (basis === null) {
    const features: NativeMatrix = { data: zeros(samples), dtype: "f64", rows: samples, cols: 1 };
    return { ...space, features, offsets: zeros(rank) };
  }
  const { directions, lengths } = space;
  const matrix = matrixOf(source);
  const whole = { leftFrom: 0, leftCount: rank };
  await multiply(
    [{ ...whole, left: basis, right: matrix, transposed: true, rightCount: width, out: directions }],
    options,
  );
  // UᵀX is the right singular vectors times the singular values √λ; the variance along v is λ/n.
  for (let k = 0; k < rank; k += 1) {
    const lambda = eigenvalues[k]!;
    lengths[k] = 1 / (lambda / samples + ridge);
    const scale = Math.sqrt(lengths[k]! / lambda);
    for (let j = 0; j < width; j += 1) directions[k * width + j]! *= scale;
  }
  const columns: NativeMatrix = { data: transposed(directions, rank, width), dtype: "f64", rows: width, cols: rank };
  const projected = zeros(samples * rank);
  // Of V as it is, rounding and all, not from the basis: what Δ does to p is then what Δ·V does to f.
  await multiply(
    [
      {
        left: matrix,
        right: columns,
        transposed: false,
        leftFrom: 0,
        leftCount: width,
        rightCount: rank,
        out: projected,
      },
    ],
    options,
  );
  const offsets = centred ? await centre(projected, rank, breaths()) : zeros(rank);
  return { ...space, features: { data: projected, dtype: "f64", rows: samples, cols: rank }, offsets };
}
