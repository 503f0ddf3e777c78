/** Where the targets Y (n×t) lie among the eigenvectors φ of K/n: what all the formulas of this folder read. */
export interface TargetPower {
  readonly samples: number;
  /** η, falling, all above 0. */
  readonly eigenvalues: Float64Array;
  /** ‖φ_iᵀY‖², one an eigenvalue. */
  readonly power: Float64Array;
  /** ‖Y − ΦΦᵀY‖², what no eigenvector holds. */
  readonly outside: number;
  /** ‖Y‖². */
  readonly total: number;
}

/** ‖φ_iᵀY‖² from the coefficients ΦᵀY, rank×columns. */
export function powerOf(coefficients: Float64Array, rank: number, columns: number): Float64Array {
  const power = new Float64Array(rank);
  for (let i = 0; i < rank; i += 1) {
    for (let j = 0; j < columns; j += 1) power[i]! += coefficients[i * columns + j]! ** 2;
  }
  return power;
}
