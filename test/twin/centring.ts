import { add, dd, divide, multiply, subtract } from "./double-double.ts";
import { Matrix, product } from "./matrix.ts";

/** H·K·H with H = I − 11ᵀ/n, as two matrix products. */
export function centreByProducts(k: Matrix): Matrix {
  const share = divide(dd(1), dd(k.n));
  const h = Matrix.symmetric(k.n, (i, j) => subtract(dd(i === j ? 1 : 0), share));
  return product(product(h, k), h);
}

/** The same by subtracting row means and column means and adding the mean of all: O(n²). */
export function centre(k: Matrix): Matrix {
  const n = dd(k.n);
  const means = Array.from({ length: k.n }, (_, i) => divide(k.rowSum(i), n));
  const mean = divide(k.total(), multiply(n, n));
  return Matrix.symmetric(k.n, (i, j) =>
    add(subtract(subtract(k.at(i, j), means[i] ?? dd(NaN)), means[j] ?? dd(NaN)), mean),
  );
}

/** U-centring (Székely & Rizzo 2014): off the diagonal, means over n − 2 (rows) and (n − 1)(n − 2) (all); the diagonal is 0. */
export function uCentre(k: Matrix): Matrix {
  const hollow = k.zeroDiagonal();
  const means = Array.from({ length: k.n }, (_, i) => divide(hollow.rowSum(i), dd(k.n - 2)));
  const mean = divide(hollow.total(), dd((k.n - 1) * (k.n - 2)));
  return Matrix.symmetric(k.n, (i, j) =>
    i === j ? dd(0) : add(subtract(subtract(hollow.at(i, j), means[i] ?? dd(NaN)), means[j] ?? dd(NaN)), mean),
  );
}
