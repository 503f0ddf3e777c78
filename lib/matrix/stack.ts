import { checkArray, checkInteger, checkString, expected } from "../check.ts";
import type { NativeMatrix } from "../native.ts";
import { gather, type StridedView } from "./strided.ts";

/** Which of the three axes of a stack numbers the layers; of the other two, the first numbers the samples. */
export type LayerAxis = 0 | 1 | 2;

export function checkLayerAxis(value: unknown, name: string): LayerAxis {
  return checkInteger(value, name, { min: 0, max: 2 }) as LayerAxis;
}

/** What the three axes of a stack are. */
export interface StackShape {
  readonly layers: number;
  readonly samples: number;
  readonly features: number;
}

/** Read a shape of rank 3 as a stack of layers. */
export function stackShape(shape: readonly number[], layerAxis: LayerAxis, name: string): StackShape {
  const [samples, features] = shape.filter((_, axis) => axis !== layerAxis);
  const layers = shape[layerAxis];
  if (shape.length !== 3 || layers === undefined || samples === undefined || features === undefined) {
    throw expected("rank 3 (such as samples × layers × features)", name, shape, {
      code: "SHAPE_MISMATCH",
      details: { shape: [...shape] },
    });
  }
  return { layers, samples, features };
}

/** The names of a stack's layers: `name.0`, `name.1`, … */
export function layerNames(name: string, layers: number): string[] {
  return Array.from({ length: layers }, (_, layer) => `${name}.${layer}`);
}

/** One name a layer, as the caller gives them. */
export function checkLayerNames(value: unknown, layers: number, name: string): string[] {
  const names = checkArray(value, name);
  if (names.length !== layers) {
    throw expected(`${layers} names, one a layer,`, name, value, { code: "SHAPE_MISMATCH" });
  }
  return names.map((layer, index) => checkString(layer, `${name}[${index}]`));
}

/** One layer of a stack, copied out of it. The view must be within reach and of rank 3. */
export function layerOf(stack: StridedView, layerAxis: LayerAxis, layer: number): NativeMatrix {
  const rest = <T>(values: readonly T[]): T[] => values.filter((_, axis) => axis !== layerAxis);
  const [rows = 0, cols = 0] = rest(stack.shape);
  const data = gather({
    data: stack.data,
    dtype: stack.dtype,
    shape: [rows, cols],
    strides: rest(stack.strides),
    offset: stack.offset + layer * (stack.strides[layerAxis] ?? 0),
  });
  return { data, dtype: stack.dtype, rows, cols };
}
