import type { LayerSpectrum, Scaling } from "./metric.ts";

/** No weights: M holds the cosines between the column spaces, and its singular values are the canonical correlations. */
export const unscaled: Scaling = { key: "1", weights: () => null };

/** √λ, the singular values of the centred features: M has those of X_1ᵀHX_2. */
export const bySingularValue: Scaling = { key: "√λ", weights: ({ eigenvalues }) => eigenvalues.map(Math.sqrt) };

/** √(λ·factor): with 1/n the cross-covariance operator, with ν the operator of kernel mutual information. */
export function byEigenvalue(key: string, factor: (spectrum: LayerSpectrum) => number): Scaling {
  return {
    key: `√(${key}·λ)`,
    weights: (spectrum) => spectrum.eigenvalues.map((lambda) => Math.sqrt(lambda * factor(spectrum))),
  };
}

/** How the covariance operators are regularised: (Σ+κI)^(−1/2) on both sides, or as Bach and Jordan 2002 approximate it. */
export const regularizations = ["fukumizu", "bach-jordan"] as const;
export type Regularization = (typeof regularizations)[number];

/** √(μ/(μ+κ)) with μ = λ/n, or μ/(μ+κ/2). */
export function regularised(kappa: number, regularization: Regularization): Scaling {
  const jordan = regularization === "bach-jordan";
  const weight = (mu: number): number => (jordan ? mu / (mu + kappa / 2) : Math.sqrt(mu / (mu + kappa)));
  return {
    key: `${regularization}(${kappa})`,
    weights: ({ eigenvalues, samples }) => eigenvalues.map((lambda) => weight(lambda / samples)),
  };
}

/** How many leading directions hold at least `share` of the variance. */
export function leadingCount({ eigenvalues }: LayerSpectrum, share: number): number {
  const total = eigenvalues.reduce((sum, lambda) => sum + lambda, 0);
  let held = 0;
  for (const [k, lambda] of eigenvalues.entries()) {
    held += lambda;
    // A sum of all may fall short of the total by rounding.
    if (held >= share * total * (1 - 1e-14)) return k + 1;
  }
  return eigenvalues.length;
}

/** The leading directions that hold a share of the variance, unweighted. */
export function leading(share: number): Scaling {
  return {
    key: `leading(${share})`,
    weights: (spectrum) => new Float64Array(leadingCount(spectrum, share)).fill(1),
  };
}

/** The weights of {@link partiallyWhitened}. */
export function partialWeights({ eigenvalues }: LayerSpectrum, alpha: number): Float64Array {
  const total = eigenvalues.reduce((sum, lambda) => sum + lambda, 0);
  const even = Math.sqrt(1 / Math.max(1, eigenvalues.length));
  return eigenvalues.map((lambda) => alpha * Math.sqrt(lambda / total) + (1 - alpha) * even);
}

/**
 * Between the features as they are (α = 1) and whitened (α = 0): α·σ + (1−α)/√rank, with σ the singular values of the centred features
 * divided by their Frobenius norm, so that the weights do not depend on the features' scale and both ends have norm 1.
 */
export function partiallyWhitened(alpha: number): Scaling {
  return { key: `whitened(${alpha})`, weights: (spectrum) => partialWeights(spectrum, alpha) };
}
