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

/** Side of the squares in which a plane is copied: both the rows read and the rows written of one square stay in cache. */
const square = 32;

/** Copies a plane of any two strides to rows without gaps, square by square. A large transposed view is several times faster so. */
function copyPlane(to: Elements, written: number, from: Elements, start: number, axes: readonly Axis[]): void {
  const [rows = single, columns = single] = axes;
  for (let top = 0; top < rows.length; top += square) {
    const bottom = Math.min(top + square, rows.length);
    for (let left = 0; left < columns.length; left += square) {
      const right = Math.min(left + square, columns.length);
      for (let i = top; i < bottom; i++) {
        let target = written + i * columns.length + left;
        let source = start + i * rows.stride + left * columns.stride;
        for (let j = left; j < right; j++, target++, source += columns.stride) to[target] = from[source] as number;
      }
    }
  }
}

interface Axis {
  readonly length: number;
  readonly stride: number;
}

const single: Axis = { length: 1, stride: 0 };

/** The elements in row-major order, copied into an array of their own. The view must be within reach. */
export function gather(view: StridedView): Elements {
  const { data, shape, strides } = view;
  const total = shape.reduce((product, length) => product * length, 1);
  const own = emptyElements(view.dtype, total);
  const axes: Axis[] = shape.map((length, axis) => ({ length, stride: strides[axis] ?? 0 }));
  // Trailing axes that lie without gaps are copied at one go; where there are none, the last two axes are copied as a plane.
  let run = 1;
  for (let last = axes.at(-1); last !== undefined && (last.stride === run || last.length === 1); last = axes.at(-1)) {
    run *= last.length;
    axes.pop();
  }
  const plane = run === 1 ? axes.splice(-2) : [];
  if (plane.length === 1) plane.unshift(single);
  const step = plane.reduce((product, { length }) => product * length, run);
  let written = 0;
  const copy = (axis: number, from: number): void => {
    const along = axes[axis];
    if (along === undefined) {
      if (run === 1) copyPlane(own, written, data, from, plane);
      else own.set(data.subarray(from, from + run), written);
      written += step;
      return;
    }
    for (let i = 0; i < along.length; i++) copy(axis + 1, from + i * along.stride);
  };
  copy(0, view.offset);
  return own;
}
