import { emptyElements } from "../matrix/typed-array.ts";
import { native } from "../native.ts";
import { phaseJob, type PhaseOptions } from "../phase-job.ts";
import { matrixOf, type Representation } from "../representation.ts";
import type { CheckedLayer } from "./checked-layer.ts";

/** What the layers make of every row: n×t, f64. The widths must fit. */
export async function runNetwork(
  features: Representation,
  layers: readonly CheckedLayer[],
  options: PhaseOptions,
): Promise<Float64Array> {
  const outputs = layers.at(-1)?.outputs ?? features.features;
  const out = emptyElements("f64", features.samples * outputs) as Float64Array;
  const spec = {
    features: matrixOf(features),
    layers: layers.map((layer) => layer.native),
    out,
    threads: options.threads,
  };
  await phaseJob<undefined>("heads", options, (progress, done) => native().networkJob(spec, progress, done));
  return out;
}
