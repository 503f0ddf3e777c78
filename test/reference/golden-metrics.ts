// Which metric answers for which golden quantity beyond the kernel-alignment family.
import { cosine, type Kernel, linear, rbf } from "../../lib/index.ts";

/**
 * How near a quantity can come: `plain` inner products, `root` behind square roots of eigenvalues, `spectral` eigenvalues themselves,
 * `left` what is left of a layer's size, in units of which its rounding is.
 */
export type Kind = "plain" | "root" | "spectral" | "left";

export interface GoldenMetric {
  readonly quantity: string;
  readonly metric: string;
  readonly kernel?: Kernel;
  readonly kind: Kind;
}

/** Relative tolerances: those that the reference numbers promise for f64, and what f32 tiles and f32 products of factors leave. */
export const goldenTolerances: Readonly<Record<"f64" | "f32", Readonly<Record<Kind, number>>>> = {
  f64: { plain: 1e-9, root: 1e-6, spectral: 1e-9, left: 1e-9 },
  f32: { plain: 1e-5, root: 1e-4, spectral: 1e-4, left: 1e-4 },
};

export const goldenMetrics: readonly GoldenMetric[] = [
  { quantity: "da.cosine", metric: "da", kernel: cosine(), kind: "plain" },
  { quantity: "rsa.euclidean.pearson", metric: "rsa-pearson", kind: "plain" },
  { quantity: "rsa.sqeuclidean.pearson", metric: "rsa-pearson(distance=squared-euclidean)", kind: "plain" },
  { quantity: "rsa.sqeuclidean.cosine", metric: "rsa-cosine(distance=squared-euclidean)", kind: "plain" },
  { quantity: "rsa.euclidean.spearman", metric: "rsa-spearman", kind: "plain" },
  // There are no ties among these distances, so τ-b is τ-a.
  { quantity: "rsa.euclidean.kendall-b", metric: "rsa-kendall", kind: "plain" },
  { quantity: "dcov2", metric: "dcov2", kind: "plain" },
  { quantity: "dcor2", metric: "dcor2", kind: "plain" },
  { quantity: "dcor2.biascorrected", metric: "dcor2.debiased", kind: "plain" },
  { quantity: "coco.linear", metric: "coco", kernel: linear(), kind: "spectral" },
  { quantity: "coco.rbf", metric: "coco", kernel: rbf(), kind: "spectral" },
  { quantity: "kcc.rbf.kappa0.001", metric: "kcc(kappa=0.001)", kernel: rbf(), kind: "spectral" },
  { quantity: "nocco.rbf.kappa0.001", metric: "nocco(kappa=0.001)", kernel: rbf(), kind: "spectral" },
  { quantity: "kgv.rbf.kappa0.001", metric: "kgv(kappa=0.001)", kernel: rbf(), kind: "spectral" },
  { quantity: "kcc.linear.kappa0.1", metric: "kcc(kappa=0.1)", kernel: linear(), kind: "spectral" },
  { quantity: "nocco.linear.kappa0.1", metric: "nocco(kappa=0.1)", kernel: linear(), kind: "spectral" },
  { quantity: "kgv.linear.kappa0.1", metric: "kgv(kappa=0.1)", kernel: linear(), kind: "spectral" },
  { quantity: "kmi.rbf", metric: "kmi", kernel: rbf(), kind: "spectral" },
  { quantity: "cca.meanRho", metric: "cca-rho", kind: "root" },
  { quantity: "cca.meanRho2", metric: "cca-rho2", kind: "spectral" },
  { quantity: "gcd.yanai", metric: "gcd", kind: "spectral" },
  { quantity: "svcca.99.meanRho", metric: "svcca", kind: "root" },
  { quantity: "linreg.r2.1to2", metric: "linear-r2.forward", kind: "spectral" },
  { quantity: "linreg.r2.2to1", metric: "linear-r2.backward", kind: "spectral" },
  { quantity: "misalignment.uncentred.1to2", metric: "misalignment.forward", kind: "left" },
  { quantity: "misalignment.uncentred.2to1", metric: "misalignment.backward", kind: "left" },
  { quantity: "misalignment.affine.1to2", metric: "affine-misalignment.forward", kind: "left" },
  { quantity: "misalignment.affine.2to1", metric: "affine-misalignment.backward", kind: "left" },
  { quantity: "misalignment.ridge0.1.1to2", metric: "misalignment.forward(lambda=0.1)", kind: "left" },
  { quantity: "procrustes.dist2", metric: "procrustes", kind: "root" },
  { quantity: "nbs", metric: "nbs", kind: "root" },
  { quantity: "shape.angular", metric: "shape", kind: "root" },
  { quantity: "gaussianMI", metric: "gaussian-mi", kind: "spectral" },
  { quantity: "w2.dependence", metric: "w2-dependence", kind: "root" },
  { quantity: "w2.dependence.printed", metric: "w2-dependence.printed", kind: "root" },
  { quantity: "w2.gaussian", metric: "gaussian-w2", kind: "root" },
  { quantity: "mmd2.linear.biased", metric: "mmd2", kernel: linear(), kind: "plain" },
  { quantity: "mmd2.rbf.biased", metric: "mmd2", kernel: rbf(), kind: "plain" },
  { quantity: "mmd2.rbf.unbiased", metric: "mmd2.unbiased", kernel: rbf(), kind: "plain" },
  { quantity: "mutualKnn.k10", metric: "mutual-knn", kind: "plain" },
  { quantity: "lcsKnn.k10", metric: "lcs-knn", kind: "plain" },
  { quantity: "jaccardKnn.k10", metric: "jaccard-knn", kind: "plain" },
];
