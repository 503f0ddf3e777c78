/**
 * Theorem 1: (√R + κ√Ã)² = R + κ²Ã + 2κ√(ÃR), with R the risk of the network stitched into, κ the Lipschitz constant of its head and Ã
 * the stitcher's mean squared matching error, all on the same rows. It is the triangle inequality on any measure, so on the empirical one
 * it holds to rounding, for every stitcher. Insulla, Huang and Rosasco 2025, section 4, theorem 1.
 */
export function theoremOne(ownRisk: number, kappa: number, misalignment: number): number {
  return ownRisk + excessBound(ownRisk, kappa, misalignment);
}

/** What of it stands above R: κ²Ã + 2κ√(ÃR). */
export function excessBound(ownRisk: number, kappa: number, misalignment: number): number {
  // A perfect match costs nothing, whatever κ is (also where κ is not known and counts as +∞).
  if (misalignment === 0) return 0;
  return kappa ** 2 * misalignment + 2 * kappa * Math.sqrt(misalignment * ownRisk);
}
