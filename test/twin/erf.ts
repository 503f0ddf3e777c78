/** 1 − erf, by a series without cancellation and a continued fraction. */

/** erf(x) = 2/√π·e^(−x²)·Σ 2^k x^(2k+1)/(2k+1)!!: all terms positive (Abramowitz and Stegun 7.1.6). */
function erfBySeries(x: number): number {
  let term = x;
  let sum = x;
  for (let k = 1; term > sum * 2 ** -60; k++) {
    term *= (2 * x * x) / (2 * k + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** e^(−x²)/√π · 1/(x + ½/(x + 1/(x + 1½/(x + …)))) (Abramowitz and Stegun 7.1.14), from the inside out. */
function erfcByFraction(x: number): number {
  let inner = x;
  for (let k = 1000; k >= 1; k--) inner = x + k / 2 / inner;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / inner;
}

/** To about 15 digits, 13 between 1 and 2, where 1 − erf is 0.16 to 0.005. */
export function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x);
  return x < 2 ? 1 - erfBySeries(x) : erfcByFraction(x);
}
