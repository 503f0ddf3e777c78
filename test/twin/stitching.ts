/** Stitchers from their definitions, one way each: slow, and with no thought to speed. */
import { columnMeans, norm, scaleColumns, shifted, times, timesTranspose, transpose } from "./dense.ts";
import { type Features, at, features, map, selectRows } from "./features.ts";
import { svd } from "./jacobi.ts";
import { inverse } from "./solve.ts";

/** x ↦ Sx + b on samples as rows. */
export interface AffineMap {
  /** d_2×d_1. */
  readonly s: Features;
  readonly b: Float64Array;
}

function less(x: Features, means: Float64Array): Features {
  return map(x, (value, _, j) => value - (means[j] ?? NaN));
}

function meansOf(x: Features, bias: boolean): Float64Array {
  return bias ? columnMeans(x) : new Float64Array(x.d);
}

export function apply({ s, b }: AffineMap, x: Features): Features {
  return map(timesTranspose(x, s), (value, _, j) => value + (b[j] ?? NaN));
}

/** (1/n)·‖A − B‖². */
export function meanSquare(a: Features, b: Features): number {
  return norm(map(a, (value, i, j) => value - at(b, i, j))) ** 2 / a.n;
}

/** S with its bias, b = ȳ − S·x̄, from the S of both sides less their means. */
function withBias(x: Features, y: Features, bias: boolean, fit: (x: Features, y: Features) => Features): AffineMap {
  const [from, to] = [meansOf(x, bias), meansOf(y, bias)];
  const s = fit(bias ? less(x, from) : x, bias ? less(y, to) : y);
  const b = to.map((mean, j) => from.reduce((rest, value, k) => rest - at(s, j, k) * value, mean));
  return { s, b };
}

/** S = YᵀX(XᵀX + added·I)^† by the singular values of X: `added` = nλ, 0 for least squares of least norm. */
export function ridgeMap(x: Features, y: Features, added: number, bias: boolean): AffineMap {
  return withBias(x, y, bias, (from, to) => {
    const { u, values, v } = svd(from);
    const tolerance = Math.max(x.n, x.d) * Number.EPSILON * (values[0] ?? NaN);
    const factors = values.map((value) => (value > tolerance ? value / (value ** 2 + added) : 0));
    return times(times(transpose(to), scaleColumns(u, factors)), transpose(v));
  });
}

/** Least squares whose fitted values are cut to rank r (Izenman 1975): S_r = Q_rQ_rᵀS, Q the right singular vectors of XSᵀ. */
export function lowRankMap(x: Features, y: Features, rank: number, bias: boolean): AffineMap {
  return withBias(x, y, bias, (from, to) => {
    const { s } = ridgeMap(from, to, 0, false);
    const { v } = svd(timesTranspose(from, s));
    const kept = map(v, (value, _, j) => (j < rank ? value : 0));
    return times(timesTranspose(kept, kept), s);
  });
}

/** The polar factor of YᵀX, where YᵀX has full rank. */
export function orthogonalMap(x: Features, y: Features, bias: boolean): AffineMap {
  return withBias(x, y, bias, (from, to) => {
    const { u, v } = svd(times(transpose(to), from));
    return timesTranspose(u, v);
  });
}

/** Every partial permutation of min(d_1, d_2) features, one after the other: the least error. */
export function leastPermutationError(x: Features, y: Features): number {
  let least = Infinity;
  const chosen = Array.from({ length: y.d }, () => -1);
  const left = Math.min(x.d, y.d);
  const visit = (output: number, used: ReadonlySet<number>): void => {
    if (output === y.d) {
      if (used.size < left) return;
      const made = features(x.n, y.d, (i, j) => (chosen[j] === -1 ? 0 : at(x, i, chosen[j] ?? -1)));
      least = Math.min(least, meanSquare(made, y));
      return;
    }
    for (let input = -1; input < x.d; input++) {
      if (input >= 0 && used.has(input)) continue;
      chosen[output] = input;
      visit(output + 1, input < 0 ? used : new Set([...used, input]));
    }
  };
  visit(0, new Set());
  return least;
}

/** Fits on all rows but one, predicts that one, for each row: the mean of the squared errors. */
export function leaveOneOutError(
  x: Features,
  y: Features,
  fit: (x: Features, y: Features) => (held: Features) => Features,
): number {
  let sum = 0;
  for (let i = 0; i < x.n; i++) {
    const others = Array.from({ length: x.n }, (_, k) => k).filter((k) => k !== i);
    const predict = fit(selectRows(x, others), selectRows(y, others));
    sum += meanSquare(predict(selectRows(x, [i])), selectRows(y, [i]));
  }
  return sum / x.n;
}

/**
 * Kernel ridge regression from the kernel matrix of fitted rows (the first y.n) and others after them: what it predicts for all rows. The
 * constant is fitted by elimination: the solution of [[K + added·I, 1], [1ᵀ, 0]]·[α; b] = [Y; 0].
 */
export function kernelPredictions(kernel: Features, y: Features, added: number, bias: boolean): Features {
  const n = y.n;
  const fitted = shifted(
    features(n, n, (i, j) => at(kernel, i, j)),
    added,
  );
  const size = bias ? n + 1 : n;
  // In units of the kernel, so that elimination has one scale to look at.
  const unit = norm(fitted) / n;
  const system = features(size, size, (i, j) => (i < n && j < n ? at(fitted, i, j) : i < n || j < n ? unit : 0));
  const right = features(size, y.d, (i, j) => (i < n ? at(y, i, j) : 0));
  const solved = times(inverse(system), right);
  const rows = features(kernel.n, size, (i, j) => (j < n ? at(kernel, i, j) : unit));
  return times(rows, solved);
}

/** A random matrix with orthonormal columns (or rows) near none in particular. */
export function semiOrthogonal(noise: Features): Features {
  const { u, v } = svd(noise);
  return timesTranspose(u, v);
}
