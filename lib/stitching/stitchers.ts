import { affine } from "./affine.ts";
import { kernelRidge } from "./kernel-ridge.ts";
import { linear } from "./linear.ts";
import { lowRank } from "./low-rank.ts";
import { orthogonal } from "./orthogonal.ts";
import { permutation } from "./permutation.ts";
import { ridge } from "./ridge.ts";

/**
 * The ways to fit a stitcher s, a map from one layer's features x ∈ ℝ^d_1 to another's y ∈ ℝ^d_2 over the same n samples, by the mean
 * squared error (1/n)·Σ‖s(x_i) − y_i‖². All in f64.
 *
 * | maker | s(x) | options |
 * | --- | --- | --- |
 * | `linear()` | Sx: least squares, of least norm | |
 * | `affine()` | Sx + b: the same with a constant | |
 * | `ridge()` | Sx + b with λ‖S‖² added | `lambda` (≥ 0, "loo" or "gcv"), `lambdas`, `bias` |
 * | `orthogonal()` | c·Sx + b with orthonormal rows or columns | `scale`, `bias` |
 * | `permutation()` | each target feature is one source feature | `bias` |
 * | `lowRank()` | Sx + b with S of rank r at most | `rank`, `bias` |
 * | `kernelRidge()` | Σ α_i·k(x, x_i) + b | `kernel`, `lambda` (> 0, "loo" or "gcv"), `lambdas`, `bias` |
 *
 * λ is in units of the eigenvalues of XᵀX/n (or K/n). "loo" is the exact error of leaving each sample out, with the penalty n·λ on the sum
 * of squared errors as it is; "gcv" is generalised cross-validation (Golub, Heath and Wahba 1979). A chosen λ is the stitcher's `lambda`, and
 * its name ends in "[lowest λ of its path]" or "[highest λ of its path]" where the best may lie beyond what was tried.
 *
 * Singular values below max(n, d)·2⁻⁵² of the largest count as 0, as in numpy's `matrix_rank`. A constant source predicts the target's mean
 * where there is a bias, and 0 where there is none.
 *
 * Source: Insulla, Huang and Rosasco 2025, section 4.
 *
 * @throws ArgumentError INVALID_ARGUMENT: for options; of `fit` also where no stitcher exists, and SHAPE_MISMATCH for other samples.
 *
 * @example
 * ```ts
 * import { Representation, stitchers } from "gramian";
 * const a = await Representation.load("examples/mnist/mlp-a.safetensors", "relu2");
 * const b = await Representation.load("examples/mnist/mlp-b.safetensors", "relu2");
 * const even = Array.from({ length: a.samples / 2 }, (_, i) => 2 * i);
 * const stitcher = await stitchers.affine().fit(a, b, { rows: even });
 * const heldOut = await stitcher.error(a, b, { rows: even.map((row) => row + 1) });
 * console.log(stitcher.fitted.relative < heldOut.relative); // true
 * ```
 */
export const stitchers = Object.freeze({ linear, affine, ridge, orthogonal, permutation, lowRank, kernelRidge });
