import type { CheckedOptions } from "./compare-options.ts";
import type { EngineInput } from "./engine.ts";
import type { Estimator } from "./kernels/kernel.ts";
import { native } from "./native.ts";
import type { Layer } from "./layer.ts";
import { makePlan, type Plan } from "./plan.ts";
import { factsOf, Representation } from "./representation.ts";
import { sharingProducts } from "./shared-products.ts";

/** A row this many times further out (squared) than the average makes the diagonals' products drown the rest. */
const farOut = 16;

function hasOutliers(layer: Layer): boolean {
  if (!(layer instanceof Representation)) return false;
  const { centredNorm2, scatter } = factsOf(layer);
  const mean = scatter / layer.samples;
  return centredNorm2.some((norm2) => norm2 > farOut * mean);
}

/** Products of f64 inputs are taken in f64, unless the caller says otherwise. */
export function precisionOf(layers: readonly Layer[]): "f32" | "f64" {
  return layers.some((layer) => layer.dtype === "f64") ? "f64" : "f32";
}

/** What the plan has to serve beside the operators themselves. */
export interface PlanNeeds {
  readonly estimators: ReadonlySet<Estimator>;
  /** Bytes that other stages keep while the engine runs. */
  readonly held: number;
}

/** The plan for these operators under the caller's options. */
export function planFor(input: EngineInput, options: CheckedOptions, { estimators, held }: PlanNeeds): Plan {
  const operators = input.groups.flat();
  const sources = new Map<Layer, Map<string, number | null>>();
  for (const operator of operators) {
    const byKey = sources.get(operator.layer) ?? new Map<string, number | null>();
    sources.set(operator.layer, byKey.set(sharingProducts(operator).sourceKey, operator.width));
  }
  const layers = [...sources.keys()];
  return makePlan({
    samples: input.samples,
    groups: input.groups.map((group) => group.map(({ width }) => width)),
    sources: layers.flatMap((layer) => [...sources.get(layer)!.values()]),
    pairs: input.pairs,
    neighbours:
      input.neighbours === null ? null : { ...input.neighbours, operators: input.neighbours.operators.length },
    held,
    linear: operators.every((operator) => operator.map.map === "linear" && operator.sourceKey !== "gram"),
    exponential: operators.some((operator) => operator.map.map === "rbf" || operator.map.map === "laplacian"),
    outliers: layers.some(hasOutliers),
    estimators,
    inputs: precisionOf(layers),
    precision: options.precision,
    space: options.space,
    block: options.block,
    batch: options.batch,
    threads: options.threads,
    memoryLimit: options.memoryLimit,
    instructionSet: native().info().instructionSet,
  });
}
