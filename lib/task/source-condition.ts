import type { TargetPower } from "./target-power.ts";

/**
 * Σ_i ‖φ_iᵀY‖²/η_i^2r: finite and small up to a large r for targets that are smooth to the kernel. r = 0 is the captured ‖Y‖², r = ½
 * n-fold the squared norm in the kernel's space. Insulla, Huang and Rosasco 2025, section 6.1.
 */
export function sourceConditionAt({ eigenvalues, power }: TargetPower, exponent: number): number {
  let sum = 0;
  for (let i = 0; i < eigenvalues.length; i += 1) {
    // Where the targets have no part the power of η does not matter, however large.
    if (power[i]! > 0) sum += power[i]! / eigenvalues[i]! ** (2 * exponent);
  }
  return sum;
}

/** r from 0 to 1 by twentieths. */
export const defaultExponents: Float64Array = Float64Array.from({ length: 21 }, (_, k) => k / 20);
