import type { Representation } from "../../lib/index.ts";
import { readFeatures, readVector } from "../twin/safetensors.ts";

/** The outputs of a stitched network, row by row: a linear map, then the layers `l.first`, ReLU, `l.first+1`, … of a file. */
export function forwardPlainly(
  file: string,
  first: number,
  source: Representation,
  map: { readonly weights: Float64Array; readonly bias: Float64Array },
): number[][] {
  const path = new URL(`../../${file}`, import.meta.url);
  const layers: { weights: Float64Array; bias: Float64Array }[] = [map];
  for (let k = first; k < 4; k += 1) {
    layers.push({ weights: readFeatures(path, `l.${k}.weight`).data, bias: readVector(path, `l.${k}.bias`) });
  }
  const values = source.toFloat64Array();
  const width = source.features;
  return Array.from({ length: source.samples }, (_, i) => {
    let row = Array.from(values.subarray(i * width, (i + 1) * width));
    for (const [k, { weights, bias }] of layers.entries()) {
      // A ReLU stands between linear layers, but none behind the stitcher, which stands for features that have had theirs.
      const before = k > 1 ? row.map((value) => Math.max(0, value)) : row;
      row = Array.from(bias, (b, j) =>
        before.reduce((sum, value, m) => sum + value * weights[j * before.length + m]!, b),
      );
    }
    return row;
  });
}
