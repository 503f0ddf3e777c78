import type { CheckedOptions } from "./compare-options.ts";
import type { EngineInput } from "./engine.ts";
import type { Estimator } from "./kernels/kernel.ts";
import { native } from "./native.ts";
import type { Layer, Operator } from "./operators.ts";
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

function widthOf(operator: Operator): number | null {
  return operator.layer instanceof Representation ? operator.layer.features : null;
}

/** The plan for these operators under the caller's options. */
export function planFor(input: EngineInput, options: CheckedOptions): Plan {
  const operators = input.groups.flat();
  const sources = new Map<Layer, Map<string, number | null>>();
  for (const operator of operators) {
    const byKey = sources.get(operator.layer) ?? new Map<string, number | null>();
    sources.set(operator.layer, byKey.set(sharingProducts(operator).sourceKey, widthOf(operator)));
  }
  const layers = [...sources.keys()];
  // A metric without a choice of estimator reads the same tiles as the biased one.
  const estimators = new Set<Estimator>(options.metrics.map(({ estimator }) => estimator ?? "biased"));
  return makePlan({
    samples: input.samples,
    groups: input.groups.map((group) => group.map(widthOf)),
    sources: layers.flatMap((layer) => [...sources.get(layer)!.values()]),
    pairs: input.pairs,
    linear: operators.every((operator) => operator.map.map === "linear" && operator.sourceKey !== "gram"),
    exponential: operators.some((operator) => operator.map.map === "rbf" || operator.map.map === "laplacian"),
    outliers: layers.some(hasOutliers),
    estimators,
    inputs: layers.some((layer) => layer.dtype === "f64") ? "f64" : "f32",
    precision: options.precision,
    space: options.space,
    block: options.block,
    batch: options.batch,
    threads: options.threads,
    memoryLimit: options.memoryLimit,
    instructionSet: native().info().instructionSet,
  });
}
