import { subtract, toNumber } from "./double-double.ts";
import { type Matrix, inner } from "./matrix.ts";

/** What all pairs of L Gram matrices come out of: a Gram matrix of Gram matrices with the diagonals left out, and each one's margins. */
export interface Table {
  /** L×L: Σ_{i≠j} K_a[i,j]·K_b[i,j]. */
  readonly inner: Float64Array;
  /** L×n: Σ_{j≠i} K_a[i,j]. */
  readonly rowSums: Float64Array;
  /** L×n: K_a[i,i]. */
  readonly diagonals: Float64Array;
}

export function tableOf(grams: readonly Matrix[]): Table {
  const layers = grams.length;
  const n = grams[0]?.n ?? 0;
  const hollow = grams.map((gram) => gram.zeroDiagonal());
  const table: Table = {
    inner: new Float64Array(layers * layers),
    rowSums: new Float64Array(layers * n),
    diagonals: new Float64Array(layers * n),
  };
  grams.forEach((gram, a) => {
    hollow.forEach((other, b) => {
      table.inner[a * layers + b] = toNumber(inner(hollow[a] ?? other, other));
    });
    for (let i = 0; i < n; i++) {
      table.rowSums[a * n + i] = toNumber(subtract(gram.rowSum(i), gram.at(i, i)));
      table.diagonals[a * n + i] = toNumber(gram.at(i, i));
    }
  });
  return table;
}
