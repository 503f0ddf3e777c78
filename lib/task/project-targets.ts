import { breaths } from "../breath.ts";
import type { NativeMatrix } from "../native.ts";
import { emptyElements } from "../matrix/typed-array.ts";
import type { Factorised } from "../spectral/factorise.ts";
import type { CheckedSpectralOptions } from "../spectral/options.ts";
import { multiply } from "../spectral/products.ts";
import { powerOf } from "./target-power.ts";

export interface ProjectedTargets {
  /** ‖φ_iᵀY‖². */
  readonly power: Float64Array;
  /** ‖Y − ΦΦᵀY‖². */
  readonly outside: number;
  /** ‖Y‖². */
  readonly total: number;
  /** ΦΦᵀY at [i·2t + j], KY/‖K‖ at [i·2t + t + j]. */
  readonly products: Float64Array;
}

function zeros(length: number): Float64Array {
  return emptyElements("f64", length) as Float64Array;
}

/** What the eigenvectors of several layers make of the targets, in two jobs: ΦᵀY, and from it ΦΦᵀY and KY. */
export async function projectTargets(
  factors: readonly Factorised[],
  targets: { readonly matrix: NativeMatrix; readonly values: Float64Array },
  options: CheckedSpectralOptions,
): Promise<ProjectedTargets[]> {
  const { matrix, values } = targets;
  const { rows: samples, cols: columns } = matrix;
  const whole = { leftFrom: 0, rightCount: columns } as const;
  const coefficients = factors.map(({ rank }) => zeros(rank * columns));
  await multiply(
    factors.map(({ basis, rank }, k) => {
      return { ...whole, left: basis!, right: matrix, transposed: true, leftCount: rank, out: coefficients[k]! };
    }),
    options,
  );
  const products = factors.map(() => zeros(samples * 2 * columns));
  await multiply(
    factors.map(({ basis, rank, eigenvalues }, k) => {
      // In units of the largest, so that no square overflows or vanishes.
      const relative = eigenvalues.map((value) => value / eigenvalues[0]!);
      const norm = Math.sqrt(relative.reduce((sum, value) => sum + value ** 2, 0));
      const both = zeros(rank * 2 * columns);
      for (let i = 0; i < rank; i += 1) {
        for (let j = 0; j < columns; j += 1) {
          const coefficient = coefficients[k]![i * columns + j]!;
          both[i * 2 * columns + j] = coefficient;
          both[i * 2 * columns + columns + j] = (coefficient * relative[i]!) / norm;
        }
      }
      const right: NativeMatrix = { data: both, dtype: "f64", rows: rank, cols: 2 * columns };
      const sizes = { leftFrom: 0, leftCount: rank, rightCount: 2 * columns };
      return { ...sizes, left: basis!, right, transposed: false, out: products[k]! };
    }),
    options,
  );
  const found: ProjectedTargets[] = [];
  const breath = breaths();
  for (const [k, { rank }] of factors.entries()) {
    let [outside, total] = [0, 0];
    for (let i = 0; i < samples; i += 1) {
      for (let j = 0; j < columns; j += 1) {
        const value = values[i * columns + j]!;
        total += value ** 2;
        outside += (value - products[k]![i * 2 * columns + j]!) ** 2;
      }
      if (i % 1024 === 0) await breath();
    }
    found.push({
      power: powerOf(coefficients[k]!, rank, columns),
      // Eigenvectors that span everything leave nothing but rounding.
      outside: rank === samples ? 0 : outside,
      total,
      products: products[k]!,
    });
  }
  return found;
}
