/**
 * Which estimator of HSIC stands behind a number: `biased` (Gretton et al. 2005), `debiased` (Song et al. 2012), or `minibatch`,
 * which averages the debiased HSIC over batches (Nguyen, Raghu and Kornblith 2021).
 */
export type Estimator = (typeof estimatorNames)[number];

export const estimatorNames = ["biased", "debiased", "minibatch"] as const;

/**
 * Bandwidth σ of an RBF or Laplacian kernel: a number in the features' own units, or a multiple of the median of the pairwise
 * Euclidean distances (of the strict upper triangle), found for each representation by itself.
 */
export type Bandwidth = number | { readonly median: number };

/** A kernel, as plain data. Make one with {@link linear}, {@link cosine}, {@link polynomial}, {@link rbf} or {@link laplacian}. */
export type Kernel =
  | { readonly kind: "linear" }
  | { readonly kind: "cosine" }
  | { readonly kind: "polynomial"; readonly degree: number; readonly gamma: number | "1/d"; readonly offset: number }
  | { readonly kind: "rbf"; readonly bandwidth: Bandwidth }
  | { readonly kind: "laplacian"; readonly bandwidth: Bandwidth };
