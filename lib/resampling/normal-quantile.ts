/** The standard normal distribution function, by the series Φ(x) = ½ + φ(x)·Σ x^(2k+1)/(1·3·…·(2k+1)), all of whose terms have one sign. */
function normalCdf(x: number): number {
  let term = x;
  let sum = x;
  for (let k = 3; Math.abs(term) > Number.EPSILON * Math.abs(sum); k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}

/** How many standard deviations around its mean hold the share `level` of a normal distribution; level in (0, 1). */
export function normalWidth(level: number): number {
  const target = (1 + level) / 2;
  let low = 0;
  // Beyond 8.3 the distribution function is 1 in f64.
  let high = 8.3;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (normalCdf(middle) < target) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
