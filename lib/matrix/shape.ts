import { checkArray, checkInteger, expected } from "../check.ts";

/** Row and column numbers travel as 32-bit integers. */
const longestAxis = 2 ** 32 - 1;

/** A shape of exactly these axes, each at least 1 long. */
export function checkShape(value: unknown, name: string, axes: readonly string[]): number[] {
  const shape = checkArray(value, name);
  if (shape.length !== axes.length) throw expected(`[${axes.join(", ")}]`, name, value, { code: "SHAPE_MISMATCH" });
  return shape.map((length, axis) => checkInteger(length, `${axes[axis]} of ${name}`, { min: 1, max: longestAxis }));
}

/**
 * The n×d matrix that a tensor of any rank is: as it is with rank 2, every sample (first axis) flattened with more, and only
 * when asked to, for a stack of layers or a sequence of tokens is mostly not one long feature vector.
 */
export function matrixShape(shape: readonly number[], flatten: boolean, name: string): [number, number] {
  const [samples, ...rest] = shape;
  if (samples === undefined || rest.length === 0) {
    throw expected("rank 2 (samples × features)", name, shape, {
      code: "SHAPE_MISMATCH",
      hint: "Give it a second axis: one feature a sample is the shape [n, 1].",
      details: { shape: [...shape] },
    });
  }
  if (rest.length > 1 && !flatten) {
    throw expected("rank 2 (samples × features)", name, shape, {
      code: "SHAPE_MISMATCH",
      hint:
        "Pass `flatten: true` to make one long row of each sample" +
        (shape.length === 3 ? ", or read it as a stack of layers (`Representation.stack`, `layerAxis`)." : "."),
      details: { shape: [...shape] },
    });
  }
  return [samples, rest.reduce((product, length) => product * length, 1)];
}
