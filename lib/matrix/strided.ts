import { expected } from "../check.ts";
import type { DType, Elements } from "../dtype.ts";
import { emptyElements } from "./typed-array.ts";

/** A tensor laid over an array: element (i, j, …) is `data[offset + i·strides[0] + j·strides[1] + …]`. Strides may be 0 or negative. */
export interface StridedView {
  readonly data: Elements;
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** In elements. */
  readonly strides: readonly number[];
  readonly offset: number;
}

/** The strides of a row-major tensor without gaps. */
export function rowMajor(shape: readonly number[]): number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--) {
    strides[axis] = (strides[axis + 1] as number) * (shape[axis + 1] as number);
  }
  return strides;
}

/** Refuse a view that reaches outside its array. */
export function checkReach(view: StridedView, name: string): void {
  let first = view.offset;
  let last = view.offset;
  view.shape.forEach((length, axis) => {
    const reach = (length - 1) * (view.strides[axis] as number);
    if (reach < 0) first += reach;
    else last += reach;
  });
  if (first >= 0 && last < view.data.length) return;
  throw expected(`a shape, strides and offset within its ${view.data.length} elements`, name, view.shape, {
    code: "SHAPE_MISMATCH",
    hint: `With strides ${view.strides.join(", ")} and offset ${view.offset} it reaches from element ${first} to ${last}.`,
    details: { elements: view.data.length, shape: view.shape, strides: view.strides, offset: view.offset },
  });
}

/** The elements in row-major order, copied into an array of their own. The view must be within reach. */
export function gather(view: StridedView): Elements {
  const { data, shape, strides } = view;
  const own = emptyElements(
    view.dtype,
    shape.reduce((product, length) => product * length, 1),
  );
  // Trailing axes that lie without gaps are copied at one go.
  let run = 1;
  let axes = shape.length;
  while (axes > 0 && (strides[axes - 1] === run || shape[axes - 1] === 1)) run *= shape[--axes] as number;
  let written = 0;
  const copy = (axis: number, from: number): void => {
    if (axis === axes) {
      if (run === 1) own[written] = data[from] as number;
      else own.set(data.subarray(from, from + run), written);
      written += run;
      return;
    }
    const length = shape[axis] as number;
    const stride = strides[axis] as number;
    if (run === 1 && axis === axes - 1) {
      for (let i = 0; i < length; i++) own[written++] = data[from + i * stride] as number;
      return;
    }
    for (let i = 0; i < length; i++) copy(axis + 1, from + i * stride);
  };
  copy(0, view.offset);
  return own;
}
