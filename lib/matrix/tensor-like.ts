import { describeValue, expected } from "../check.ts";
import type { DType } from "../dtype.ts";
import { checkLength, type ElementsLike, readElements } from "./typed-array.ts";
import { ArgumentError } from "../errors.ts";
import { checkReach, rowMajor, type StridedView } from "./strided.ts";

/**
 * What passes for a tensor: objects of onnxruntime and transformers.js (`data`, `dims`, `type`), of tfjs (`shape`, `dtype`,
 * `dataSync()`), of ndarray (`data`, `shape`, `stride`, `offset`, `dtype`), or a plain `{ data, dims }` or `{ data, shape }`.
 */
export interface TensorLike {
  /** A typed array, or (tfjs) a method that is not called: `dataSync()` is. */
  readonly data: ElementsLike | ArrayBufferView | ArrayLike<unknown> | ((...values: never[]) => unknown);
  readonly dims?: ArrayLike<number>;
  readonly shape?: ArrayLike<number>;
  readonly type?: unknown;
  readonly dtype?: unknown;
  /** In elements; honoured when it is an array, as ndarray has it. (In transformers.js it is a method.) */
  readonly stride?: unknown;
  readonly strides?: unknown;
  readonly offset?: unknown;
  readonly location?: unknown;
  dataSync?(): unknown;
}

const dtypes: Readonly<Record<string, DType>> = {
  f64: "f64",
  f32: "f32",
  f16: "f16",
  bf16: "bf16",
  float64: "f64",
  float32: "f32",
  float16: "f16",
  bfloat16: "bf16",
};

/** How some libraries name an array that says nothing of what it means, or nothing beyond its own class. */
const silentTypes = new Set(["uint16", "generic", "array"]);

function dtypeOf(tensor: TensorLike, name: string): DType | undefined {
  const declared = tensor.dtype ?? tensor.type;
  if (typeof declared !== "string" || silentTypes.has(declared)) return undefined;
  const dtype = Object.hasOwn(dtypes, declared.toLowerCase()) ? dtypes[declared.toLowerCase()] : undefined;
  if (dtype === undefined) {
    throw expected("an element type of float64, float32, float16 or bfloat16", name, declared, {
      code: "UNSUPPORTED_DTYPE",
      hint: "Convert it first: { data: Float64Array.from(tensor.data, Number), shape } will do.",
    });
  }
  return dtype;
}

function checkLocation(tensor: TensorLike, name: string): void {
  const { location } = tensor;
  // "cpu-pinned" is ordinary memory to us.
  if (typeof location !== "string" || location === "cpu" || location === "cpu-pinned") return;
  throw expected("a tensor in the CPU's memory", `${name}.location`, location, {
    hint:
      location === "none"
        ? "The tensor was disposed of."
        : "Fetch it first: `const data = await tensor.getData()`, then pass { data, dims: tensor.dims, type: tensor.type }.",
  });
}

function isArrayLike(value: unknown): value is ArrayLike<unknown> {
  return typeof value === "object" && value !== null && typeof (value as { length?: unknown }).length === "number";
}

function shapeOf(tensor: TensorLike, name: string): number[] {
  const shape = tensor.dims ?? tensor.shape;
  const field = tensor.dims === undefined ? "shape" : "dims";
  if (!isArrayLike(shape)) {
    throw expected("an array of lengths", `${name}.${field}`, shape, {
      hint: "A tensor has `dims` or `shape` beside its `data`.",
    });
  }
  const lengths: unknown[] = Array.from(shape);
  if (!lengths.every((length) => Number.isSafeInteger(length) && (length as number) >= 1)) {
    throw expected("lengths of at least 1", `${name}.${field}`, lengths, { code: "SHAPE_MISMATCH" });
  }
  return lengths as number[];
}

function dataOf(tensor: TensorLike, name: string): unknown {
  if (typeof tensor.data !== "function") return tensor.data;
  if (typeof tensor.dataSync !== "function") {
    throw expected("a typed array, or a method with `dataSync()` beside it", `${name}.data`, tensor.data, {
      hint: "Fetch the elements first: `const data = await tensor.data()`, then pass { data, shape: tensor.shape }.",
    });
  }
  return tensor.dataSync();
}

function stridesOf(tensor: TensorLike, shape: readonly number[], name: string): number[] | undefined {
  // tfjs has `strides` too, without the last one; its elements are always row-major.
  if (typeof tensor.data === "function") return undefined;
  const field = Array.isArray(tensor.stride) ? "stride" : "strides";
  const strides: unknown = tensor[field];
  if (!Array.isArray(strides)) return undefined;
  if (strides.length !== shape.length || !strides.every((stride) => Number.isSafeInteger(stride))) {
    throw expected(`${shape.length} integers, one an axis,`, `${name}.${field}`, strides, { code: "SHAPE_MISMATCH" });
  }
  return strides as number[];
}

function read(tensor: TensorLike, dtype: unknown, name: string): StridedView {
  checkLocation(tensor, name);
  const shape = shapeOf(tensor, name);
  const declared = dtype ?? dtypeOf(tensor, `${name}.${tensor.dtype === undefined ? "type" : "dtype"}`);
  const elements = readElements(dataOf(tensor, name), declared, `${name}.data`, "dtype");
  const strides = stridesOf(tensor, shape, name);
  const offset = typeof tensor.offset === "number" && typeof tensor.data !== "function" ? tensor.offset : 0;
  if (!Number.isSafeInteger(offset)) throw expected("an integer", `${name}.offset`, offset);
  const view = { ...elements, shape, strides: strides ?? rowMajor(shape), offset };
  if (strides === undefined && offset === 0) checkLength(elements.data, shape, `${name}.data`);
  else checkReach(view, name);
  return view;
}

/**
 * Look at a tensor of any library that {@link TensorLike} names. Nothing is copied (tfjs copies by itself).
 * `dtype`, when given, stands above what the tensor says.
 */
export function viewTensor(tensor: unknown, dtype: unknown, name: string): StridedView {
  if (typeof tensor !== "object" || tensor === null || ArrayBuffer.isView(tensor) || Array.isArray(tensor)) {
    throw expected("a tensor, with `data` and `dims` or `shape`,", name, tensor);
  }
  try {
    return read(tensor as TensorLike, dtype, name);
  } catch (cause) {
    if (cause instanceof ArgumentError) throw cause;
    // Getters of a disposed tensor, of one on a GPU, of one that is pending: the library's own words say best what is wrong.
    const why = cause instanceof Error ? cause.message : describeValue(cause);
    throw expected("a tensor whose elements can be read", name, tensor, { hint: `Reading it failed: ${why}`, cause });
  }
}
