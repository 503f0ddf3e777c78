import type { TargetPower } from "./target-power.ts";

/**
 * KARE(λ) = [(1/n)·tr Yᵀ(K/n+λ)⁻²Y] / [(1/n)·tr (K/n+λ)⁻¹]², at each λ > 0: what kernel ridge regression would err on new samples,
 * estimated from the training samples. Several target columns: the sum over them. Jacot, Şimşek, Spadaro, Hongler and Gabriel 2020.
 */
export function kareAt({ samples, eigenvalues, power, outside }: TargetPower, lambda: number): number {
  // Both brackets times the square of the least η + λ, so that nothing over- or underflows as λ falls. Outside the eigenvectors η is 0.
  const least = eigenvalues.length === samples ? eigenvalues.at(-1)! + lambda : lambda;
  let fit = outside;
  let freedom = samples - eigenvalues.length;
  for (let i = 0; i < eigenvalues.length; i += 1) {
    const left = least / (eigenvalues[i]! + lambda);
    fit += power[i]! * left ** 2;
    freedom += left;
  }
  return fit / samples / (freedom / samples) ** 2;
}

/** From 10⁻⁹ to 10 times tr(K/n): four a decade. */
export function defaultLambdas(trace: number): Float64Array {
  return Float64Array.from({ length: 41 }, (_, k) => trace * 10 ** (-9 + k / 4));
}
