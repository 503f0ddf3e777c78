import type { Layer } from "./layer.ts";
import { factsOf, Representation } from "./representation.ts";
import type { LayerSummary } from "./result.ts";

/** What a result remembers of a layer. A Gram matrix has no features, and so none of their facts. */
export function summarise(layer: Layer): LayerSummary {
  const { name, source, samples, dtype } = layer;
  if (!(layer instanceof Representation)) {
    return {
      name,
      source,
      samples,
      features: 0,
      dtype: `${dtype} Gram matrix`,
      constantColumns: 0,
      zeroRows: 0,
      rms: NaN,
      centredRms: NaN,
    };
  }
  const facts = factsOf(layer);
  const entries = layer.samples * layer.features;
  return {
    name,
    source,
    samples,
    features: layer.features,
    dtype,
    constantColumns: facts.constantColumns.length,
    zeroRows: facts.zeroRows.length,
    rms: Math.sqrt(facts.scatter / entries + facts.meanNorm2 / layer.features),
    centredRms: Math.sqrt(facts.scatter / entries),
  };
}
