import type { Invariances } from "./metric.ts";

type Transformation = keyof Invariances;

/** The invariances of a metric: those named, and the order of the samples, which no metric depends on. */
export function invariantUnder(...transformations: readonly Exclude<Transformation, "permutation">[]): Invariances {
  const under = (name: Transformation): boolean => (transformations as readonly Transformation[]).includes(name);
  return {
    translation: under("translation"),
    scale: under("scale"),
    rotation: under("rotation"),
    linear: under("linear"),
    permutation: true,
    duplication: under("duplication"),
  };
}
