/** The participation ratio (Σ η)² / Σ η², in [1, number of eigenvalues]; NaN of no eigenvalue. */
export function participationRank(eigenvalues: Float64Array): number {
  const largest = eigenvalues[0] ?? NaN;
  let sum = 0;
  let squares = 0;
  // In units of the largest, so that no square overflows or vanishes.
  for (const value of eigenvalues) {
    const share = value / largest;
    sum += share;
    squares += share ** 2;
  }
  return sum ** 2 / squares;
}

/** exp of the entropy of η / Σ η (Roy and Vetterli 2007), in [1, number of eigenvalues]; NaN of no eigenvalue. */
export function entropyRank(eigenvalues: Float64Array): number {
  if (eigenvalues.length === 0) return NaN;
  const largest = eigenvalues[0]!;
  let sum = 0;
  for (const value of eigenvalues) sum += value / largest;
  let entropy = 0;
  for (const value of eigenvalues) {
    const share = value / largest / sum;
    if (share > 0) entropy -= share * Math.log(share);
  }
  return Math.exp(entropy);
}
