import type { Kernel } from "../../lib/kernels/kernel.ts";
import { type DoubleDouble, add, dd, divide, exponential, multiply, negate, squareRoot, Sum } from "./double-double.ts";
import { type Features, at } from "./features.ts";
import { Matrix } from "./matrix.ts";

export function dot(x: Features, i: number, j: number): DoubleDouble {
  const sum = new Sum();
  for (let k = 0; k < x.d; k++) sum.addProduct(at(x, i, k), at(x, j, k));
  return sum.value();
}

/** ‖x_i − x_j‖² from the differences themselves: equal rows are at distance 0, whatever their norms. */
export function squaredDistance(x: Features, i: number, j: number): DoubleDouble {
  const sum = new Sum();
  for (let k = 0; k < x.d; k++) sum.addSquaredDifference(at(x, i, k), at(x, j, k));
  return sum.value();
}

/**
 * Median Euclidean distance of the pairs i < j; of an even number of pairs the mean of the two middle ones.
 * No zero diagonal among them, and duplicates count.
 */
export function medianDistance(x: Features): number {
  const distances = new Float64Array((x.n * (x.n - 1)) / 2);
  let k = 0;
  for (let i = 0; i < x.n; i++) {
    for (let j = i + 1; j < x.n; j++) {
      const distance = squareRoot(squaredDistance(x, i, j));
      distances[k++] = distance.hi + distance.lo;
    }
  }
  distances.sort();
  const upper = distances[Math.floor(distances.length / 2)] ?? NaN;
  if (distances.length % 2 === 1) return upper;
  return ((distances[distances.length / 2 - 1] ?? NaN) + upper) / 2;
}

function bandwidthOf(x: Features, kernel: Extract<Kernel, { bandwidth: unknown }>): number {
  return typeof kernel.bandwidth === "number" ? kernel.bandwidth : kernel.bandwidth.median * medianDistance(x);
}

function power(base: DoubleDouble, exponent: number): DoubleDouble {
  let result = dd(1);
  for (let i = 0; i < exponent; i++) result = multiply(result, base);
  return result;
}

/** K[i,j] = k(x_i, x_j), from the definition of each kernel. */
export function gram(x: Features, kernel: Kernel): Matrix {
  switch (kernel.kind) {
    case "linear":
      return Matrix.symmetric(x.n, (i, j) => dot(x, i, j));
    case "cosine": {
      const norms = Array.from({ length: x.n }, (_, i) => squareRoot(dot(x, i, i)));
      return Matrix.symmetric(x.n, (i, j) => divide(dot(x, i, j), multiply(norms[i] ?? dd(NaN), norms[j] ?? dd(NaN))));
    }
    case "polynomial": {
      const gamma = kernel.gamma === "1/d" ? divide(dd(1), dd(x.d)) : dd(kernel.gamma);
      const offset = dd(kernel.offset);
      return Matrix.symmetric(x.n, (i, j) => power(add(multiply(gamma, dot(x, i, j)), offset), kernel.degree));
    }
    case "rbf": {
      const sigma = dd(bandwidthOf(x, kernel));
      const denominator = multiply(dd(-2), multiply(sigma, sigma));
      return Matrix.symmetric(x.n, (i, j) => exponential(divide(squaredDistance(x, i, j), denominator)));
    }
    case "laplacian": {
      const sigma = dd(bandwidthOf(x, kernel));
      return Matrix.symmetric(x.n, (i, j) => exponential(negate(divide(squareRoot(squaredDistance(x, i, j)), sigma))));
    }
  }
}
