import { maxRank } from "./limits.ts";

export interface ElementCount {
  readonly count: number;
  readonly problem: null;
}

export interface ShapeProblem {
  readonly count: null;
  readonly problem: string;
}

/** How many elements a shape has. Sizes of zero are allowed; a product that overflows without them is not. */
export function elementCount(shape: readonly number[], bytesPerElement: number): ElementCount | ShapeProblem {
  if (shape.length > maxRank) {
    return { count: null, problem: `the shape has ${shape.length} axes; at most ${maxRank} are read.` };
  }
  let product = Math.max(1, bytesPerElement);
  for (const size of shape) if (size > 0) product *= size;
  if (product > Number.MAX_SAFE_INTEGER) {
    return { count: null, problem: `the shape [${shape.join(", ")}] has more elements than any file can hold.` };
  }
  return { count: shape.reduce((count, size) => count * size, 1), problem: null };
}
