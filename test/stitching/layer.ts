import { Representation } from "../../lib/representation.ts";
import { matrixOf, type Narrow } from "../spectral/ask.ts";
import { type Features, features, at, map } from "../twin/features.ts";
import { gaussian } from "../twin/random.ts";

export function layerOf(x: Features, dtype: Narrow = "f64", name = "layer"): Representation {
  const { data } = matrixOf(x, dtype);
  return Representation.fromArray(data, [x.n, x.d], { name, dtype });
}

export function featuresOf(layer: Representation): Features {
  return { data: layer.toFloat64Array(), n: layer.samples, d: layer.features };
}

/** A target that a linear map of x partly explains, of the scale of 1. */
export function targetFor(x: Features, d: number, seed: number): Features {
  const size = Math.max(...x.data.map(Math.abs)) || 1;
  const mix = gaussian(x.d, d, seed);
  const noise = gaussian(x.n, d, seed + 1);
  const part = features(x.n, d, (i, j) => {
    let sum = 0;
    for (let k = 0; k < x.d; k++) sum += (at(x, i, k) / size) * at(mix, k, j);
    return sum;
  });
  return map(part, (value, i, j) => value + 0.3 * at(noise, i, j) + j);
}
