import type { Features } from "../twin/features.ts";

/** The k nearest neighbours of every sample: row-major, best first, the lower index first among equals. */
export interface Lists {
  readonly n: number;
  readonly k: number;
  readonly indices: Uint32Array;
  readonly values: Float64Array;
}

/** By inner product, of the rows as they are or divided by their norms. */
export function neighbourLists({ data, n, d }: Features, k: number, rows: "raw" | "unit"): Lists {
  const x = Float64Array.from(data);
  if (rows === "unit") {
    for (let i = 0; i < n; i++) {
      const row = x.subarray(i * d, (i + 1) * d);
      const norm = Math.sqrt(row.reduce((sum, v) => sum + v * v, 0));
      row.forEach((v, j) => (row[j] = v / norm));
    }
  }
  const indices = new Uint32Array(n * k);
  const values = new Float64Array(n * k);
  for (let i = 0; i < n; i++) {
    const products = Array.from({ length: n }, (_, j) => {
      let sum = 0;
      for (let c = 0; c < d; c++) sum += x[i * d + c]! * x[j * d + c]!;
      return sum;
    });
    const others = Array.from({ length: n }, (_, j) => j).filter((j) => j !== i);
    others.sort((p, q) => products[q]! - products[p]! || p - q);
    for (let p = 0; p < k; p++) {
      indices[i * k + p] = others[p]!;
      values[i * k + p] = products[others[p]!]!;
    }
  }
  return { n, k, indices, values };
}
