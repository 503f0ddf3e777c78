import { type NativeEngineResult, type NativeEngineSpec, type NativeOperator, native } from "../../lib/native.ts";
import type { NativeSource } from "../../lib/native.ts";
import { runJob } from "../../lib/job.ts";
import type { Representation } from "../../lib/index.ts";
import { factsOf, matrixOf } from "../../lib/representation.ts";

export type Map = Omit<NativeOperator, "source" | "group">;

export function featuresOf(layer: Representation): NativeSource {
  const { mean, centredNorm2, dotMean } = factsOf(layer);
  return { kind: "features", matrix: matrixOf(layer), mean, centredNorm2, dotMean };
}

export function unitRowsOf(layer: Representation, rowCentred = false): NativeSource {
  return { kind: "unitRows", matrix: matrixOf(layer), rowCentred };
}

/** What the engine finds of these sources: each under each map, one group a map, operator g·sources + s. */
export async function runEngine(
  sources: readonly NativeSource[],
  maps: readonly Map[],
  options: Partial<NativeEngineSpec> = {},
): Promise<NativeEngineResult> {
  const spec: NativeEngineSpec = {
    sources,
    operators: maps.flatMap((map, group) => sources.map((_, source) => ({ ...map, source, group }))),
    samples: sources[0]?.matrix.rows ?? 0,
    space: "gram",
    tile: "f64",
    stack: "f64",
    block: 64,
    batch: 0,
    threads: 1,
    ...options,
  };
  return await runJob<NativeEngineResult>((progress, done) => native().engineJob(spec, progress, done), {});
}
