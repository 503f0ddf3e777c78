import { type DoubleDouble, Sum, add, dd, divide, multiply, subtract } from "./double-double.ts";
import { type Features, at } from "./features.ts";
import { centre, uCentre } from "./centring.ts";
import { type Matrix, inner } from "./matrix.ts";

/** ⟨HKH, HLH⟩ over (n−1)² (Gretton et al. 2005) or n². */
export function biasedHsic(k: Matrix, l: Matrix, normalization: "n-1" | "n" = "n-1"): DoubleDouble {
  const m = normalization === "n" ? k.n : k.n - 1;
  return divide(inner(centre(k), centre(l)), dd(m * m));
}

/** Σ_i rowSum_i(K)·rowSum_i(L). */
function dotOfRowSums(k: Matrix, l: Matrix): DoubleDouble {
  const sum = new Sum();
  for (let i = 0; i < k.n; i++) {
    const a = k.rowSum(i);
    const b = l.rowSum(i);
    sum.addProductOfPairs(a.hi, a.lo, b.hi, b.lo);
  }
  return sum.value();
}

/** The unbiased estimator as Song et al. (2012, equation 5) print it. n ≥ 4. Its terms cancel: {@link unbiasedHsic} loses half as much. */
export function songHsic(k: Matrix, l: Matrix): DoubleDouble {
  const n = k.n;
  const a = k.zeroDiagonal();
  const b = l.zeroDiagonal();
  const totals = divide(multiply(a.total(), b.total()), dd((n - 1) * (n - 2)));
  const rows = divide(multiply(dd(2), dotOfRowSums(a, b)), dd(n - 2));
  return divide(subtract(add(inner(a, b), totals), rows), dd(n * (n - 3)));
}

/** The unbiased estimator as an inner product of U-centred matrices. n ≥ 4. */
export function unbiasedHsic(k: Matrix, l: Matrix): DoubleDouble {
  return divide(inner(uCentre(k), uCentre(l)), dd(k.n * (k.n - 3)));
}

/** Columns of X less their means, as pairs of doubles. */
function centredColumns(x: Features): { hi: Float64Array; lo: Float64Array } {
  const hi = new Float64Array(x.data.length);
  const lo = new Float64Array(x.data.length);
  for (let j = 0; j < x.d; j++) {
    const sum = new Sum();
    for (let i = 0; i < x.n; i++) sum.add(at(x, i, j));
    const mean = divide(sum.value(), dd(x.n));
    for (let i = 0; i < x.n; i++) {
      const value = subtract(dd(at(x, i, j)), mean);
      hi[i * x.d + j] = value.hi;
      lo[i * x.d + j] = value.lo;
    }
  }
  return { hi, lo };
}

/**
 * The same for linear kernels, from the features alone:
 * ‖XᵀY‖² − n/(n−2)·Σ_i‖x_i‖²‖y_i‖² + ‖X‖²‖Y‖²/((n−1)(n−2)), over n(n−3), with X and Y centred.
 */
export function unbiasedHsicOfFeatures(x: Features, y: Features): DoubleDouble {
  const n = x.n;
  const a = centredColumns(x);
  const b = centredColumns(y);
  const cross = new Sum();
  for (let p = 0; p < x.d; p++) {
    for (let q = 0; q < y.d; q++) {
      const covariance = new Sum();
      for (let i = 0; i < n; i++) {
        const s = i * x.d + p;
        const t = i * y.d + q;
        covariance.addProductOfPairs(a.hi[s] ?? NaN, a.lo[s] ?? NaN, b.hi[t] ?? NaN, b.lo[t] ?? NaN);
      }
      cross.addProductOfPairs(covariance.hi, covariance.lo, covariance.hi, covariance.lo);
    }
  }
  const squaredNorm = (values: { hi: Float64Array; lo: Float64Array }, d: number, i: number): DoubleDouble => {
    const sum = new Sum();
    for (let k = i * d; k < (i + 1) * d; k++) {
      sum.addProductOfPairs(values.hi[k] ?? NaN, values.lo[k] ?? NaN, values.hi[k] ?? NaN, values.lo[k] ?? NaN);
    }
    return sum.value();
  };
  const norms = new Sum();
  const normX = new Sum();
  const normY = new Sum();
  for (let i = 0; i < n; i++) {
    const p = squaredNorm(a, x.d, i);
    const q = squaredNorm(b, y.d, i);
    norms.addProductOfPairs(p.hi, p.lo, q.hi, q.lo);
    normX.addPair(p.hi, p.lo);
    normY.addPair(q.hi, q.lo);
  }
  const diagonal = divide(multiply(norms.value(), dd(n)), dd(n - 2));
  const totals = divide(multiply(normX.value(), normY.value()), dd((n - 1) * (n - 2)));
  return divide(add(subtract(cross.value(), diagonal), totals), dd(n * (n - 3)));
}
