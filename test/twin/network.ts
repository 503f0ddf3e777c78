/** Feed-forward networks row by row from their definitions, and the risk behind a linear map. */
import type { NetworkLayer } from "../../lib/heads/layer.ts";
import { erfc } from "./erf.ts";
import type { Features } from "./features.ts";

type Row = Float64Array;

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

const entrywise = {
  relu: (x: number) => Math.max(x, 0),
  tanh: Math.tanh,
  sigmoid,
  gelu: (x: number) => (x * erfc(-x / Math.SQRT2)) / 2,
  gelu_tanh: (x: number) => (x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)))) / 2,
  silu: (x: number) => x * sigmoid(x),
} as const;

const mean = (row: Row): number => row.reduce((sum, x) => sum + x, 0) / row.length;

function softmax(row: Row): Row {
  const most = row.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = row.map((x) => Math.exp(x - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

/** Sx + b. */
export function affine(
  weights: ArrayLike<number>,
  bias: ArrayLike<number> | undefined,
  outputs: number,
  row: Row,
): Row {
  return Float64Array.from({ length: outputs }, (_, i) => {
    let sum = bias?.[i] ?? 0;
    for (let j = 0; j < row.length; j++) sum += (weights[i * row.length + j] ?? NaN) * (row[j] ?? NaN);
    return sum;
  });
}

/** What one layer makes of one row. */
export function layerOf(layer: NetworkLayer, row: Row): Row {
  switch (layer.kind) {
    case "linear":
      return affine(layer.weights, layer.bias, layer.shape[0], row);
    case "leaky_relu":
      return row.map((x) => (x < 0 ? (layer.slope ?? 0.01) * x : x));
    case "softmax":
      return softmax(row);
    case "layer_norm": {
      const centre = mean(row);
      const variance = mean(row.map((x) => (x - centre) ** 2));
      const root = Math.sqrt(variance + (layer.epsilon ?? 1e-5));
      return row.map((x, j) => ((layer.weights[j] ?? NaN) * (x - centre)) / root + (layer.bias?.[j] ?? 0));
    }
    default:
      return row.map(entrywise[layer.kind]);
  }
}

const rowOf = (x: Features, i: number): Row => x.data.slice(i * x.d, (i + 1) * x.d);

/** g of every row. */
export function network(layers: readonly NetworkLayer[], x: Features): Features {
  const rows = Array.from({ length: x.n }, (_, i) => layers.reduce((row, layer) => layerOf(layer, row), rowOf(x, i)));
  const d = rows[0]?.length ?? 0;
  return { data: Float64Array.from(rows.flatMap((row) => [...row])), n: x.n, d };
}

/** (1/n)·Σ‖g(S·f_i + b) − y_i‖². */
export function stitchedRisk(
  layers: readonly NetworkLayer[],
  { weights, bias }: { readonly weights: Float64Array; readonly bias: Float64Array | null },
  f: Features,
  y: Features,
): number {
  const outputs = weights.length / f.d;
  let sum = 0;
  for (let i = 0; i < f.n; i++) {
    const stitched = affine(weights, bias ?? undefined, outputs, rowOf(f, i));
    const g = layers.reduce((row, layer) => layerOf(layer, row), stitched);
    for (let j = 0; j < y.d; j++) sum += ((g[j] ?? NaN) - (y.data[i * y.d + j] ?? NaN)) ** 2;
  }
  return sum / f.n;
}
