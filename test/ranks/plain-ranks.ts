import { type Features, at } from "../twin/features.ts";

/** Squared distances of the pairs j < i, straight from the differences. */
export function squaredDistances(x: Features): Float64Array {
  const out = new Float64Array((x.n * (x.n - 1)) / 2);
  let e = 0;
  for (let i = 0; i < x.n; i++) {
    for (let j = 0; j < i; j++) {
      let sum = 0;
      for (let k = 0; k < x.d; k++) sum += (at(x, i, k) - at(x, j, k)) ** 2;
      out[e++] = sum;
    }
  }
  return out;
}

/** Rows divided by their norms, each minus its own mean before where `centred`. */
export function unitRows(x: Features, centred: boolean): Features {
  const data = Float64Array.from(x.data);
  for (let i = 0; i < x.n; i++) {
    const row = data.subarray(i * x.d, (i + 1) * x.d);
    const mean = centred ? row.reduce((sum, v) => sum + v, 0) / x.d : 0;
    row.forEach((v, k) => (row[k] = v - mean));
    const norm = Math.sqrt(row.reduce((sum, v) => sum + v * v, 0));
    row.forEach((v, k) => (row[k] = v / norm));
  }
  return { ...x, data };
}

/** Average ranks, counted from 1. */
export function averageRanks(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values, (_, e) => e).sort((p, q) => values[p]! - values[q]!);
  const ranks = new Float64Array(values.length);
  for (let begin = 0, end = 0; begin < order.length; begin = end) {
    while (end < order.length && values[order[end]!] === values[order[begin]!]) end++;
    for (let e = begin; e < end; e++) ranks[order[e]!] = (begin + 1 + end) / 2;
  }
  return ranks;
}

export function pearson(x: Float64Array, y: Float64Array): number {
  const mean = (v: Float64Array): number => v.reduce((sum, a) => sum + a, 0) / v.length;
  const [mx, my] = [mean(x), mean(y)];
  let [xx, xy, yy] = [0, 0, 0];
  for (const [e, a] of x.entries()) {
    xx += (a - mx) ** 2;
    xy += (a - mx) * (y[e]! - my);
    yy += (y[e]! - my) ** 2;
  }
  return xx === 0 || yy === 0 ? NaN : xy / Math.sqrt(xx * yy);
}

export const spearman = (x: Float64Array, y: Float64Array): number => pearson(averageRanks(x), averageRanks(y));

/** (concordant − discordant) over all pairs, every pair looked at; and over those tied in neither, τ-b. */
export function kendall(x: Float64Array, y: Float64Array): { readonly a: number; readonly b: number } {
  let [balance, untiedX, untiedY] = [0, 0, 0];
  for (let p = 0; p < x.length; p++) {
    for (let q = 0; q < p; q++) {
      const [dx, dy] = [Math.sign(x[p]! - x[q]!), Math.sign(y[p]! - y[q]!)];
      balance += dx * dy;
      untiedX += dx * dx;
      untiedY += dy * dy;
    }
  }
  return { a: balance / ((x.length * (x.length - 1)) / 2), b: balance / Math.sqrt(untiedX * untiedY) };
}
