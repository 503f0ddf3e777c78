import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { ArgumentError } from "../../lib/errors.ts";
import { gather } from "../../lib/matrix/strided.ts";
import { viewTensor } from "../../lib/matrix/tensor-like.ts";
import { NdArray, OnnxTensor, TfTensor, TransformersTensor } from "./libraries.ts";

const counting = (length: number): Float32Array => Float32Array.from({ length }, (_, i) => i);

/** What the tensor reads as, row-major. */
function read(tensor: unknown, dtype?: string): { shape: readonly number[]; dtype: string; values: number[] } {
  const view = viewTensor(tensor, dtype, "tensor");
  return { shape: view.shape, dtype: view.dtype, values: [...gather(view)] };
}

function refusal(tensor: unknown, dtype?: string): ArgumentError {
  try {
    viewTensor(tensor, dtype, "tensor");
  } catch (error) {
    if (error instanceof ArgumentError) return error;
    throw error;
  }
  throw new Error("it was not refused");
}

describe("onnxruntime", () => {
  test("dims and type are read", () => {
    const values = [0, 1, 2, 3, 4, 5];
    expect(read(new OnnxTensor("float32", counting(6), [2, 3]))).toEqual({ shape: [2, 3], dtype: "f32", values });
    expect(read(new OnnxTensor("float64", Float64Array.from(values), [3, 2])).dtype).toBe("f64");
    expect(read(new OnnxTensor("float32", counting(6), [2, 3], "cpu-pinned")).values).toEqual(values);
  });

  test("float16 comes in a Uint16Array", () => {
    expect(read(new OnnxTensor("float16", new Uint16Array(4), [2, 2])).dtype).toBe("f16");
    expect(read(new OnnxTensor("bfloat16", new Uint16Array(4), [2, 2])).dtype).toBe("bf16");
  });

  test("a tensor elsewhere is refused with how to fetch it, a disposed one is called that", () => {
    for (const location of ["gpu-buffer", "texture", "ml-tensor"]) {
      const { message } = refusal(new OnnxTensor("float32", counting(6), [2, 3], location));
      expect(message).toContain(`tensor.location but received '${location}'`);
      expect(message).toContain("await tensor.getData()");
    }
    expect(refusal(new OnnxTensor("float32", counting(6), [2, 3], "none")).message).toContain("disposed");
  });

  test("whole numbers are refused with how to convert them", () => {
    const error = refusal(new OnnxTensor("int64", new BigInt64Array(6), [2, 3]));
    expect(error.code).toBe("UNSUPPORTED_DTYPE");
    expect(error.message).toMatch(/tensor\.type but received 'int64'.*Float64Array\.from\(tensor\.data, Number\)/);
    expect(read({ data: Float64Array.from(new BigInt64Array(6), Number), shape: [2, 3] }).dtype).toBe("f64");
  });
});

test("transformers.js: stride is a method and is left alone", () => {
  const tensor = new TransformersTensor("float32", counting(6), [2, 3]);
  expect(typeof tensor.stride).toBe("function");
  expect(read(tensor)).toEqual({ shape: [2, 3], dtype: "f32", values: [0, 1, 2, 3, 4, 5] });
});

describe("tfjs", () => {
  test("data is a method: dataSync is called, and the short strides are left alone", () => {
    expect(read(new TfTensor(counting(6), [2, 3]))).toEqual({
      shape: [2, 3],
      dtype: "f32",
      values: [0, 1, 2, 3, 4, 5],
    });
    expect(read(new TfTensor(counting(8), [2, 2, 2])).shape).toEqual([2, 2, 2]);
  });

  test("int32 is refused before any element is fetched; a disposed tensor in its own words", () => {
    const integers = new TfTensor(new Int32Array(4), [2, 2], "int32");
    integers.isDisposed = true;
    expect(refusal(integers)).toMatchObject({ code: "UNSUPPORTED_DTYPE" });
    const disposed = new TfTensor(counting(4), [2, 2]);
    disposed.isDisposed = true;
    expect(refusal(disposed).message).toContain("Reading it failed: Tensor is disposed.");
    expect(refusal(disposed).cause).toEqual(new Error("Tensor is disposed."));
  });

  test("data as a method without dataSync is refused with what to await", () => {
    expect(refusal({ shape: [2, 2], dtype: "float32", data: async () => counting(4) }).message).toContain(
      "await tensor.data()",
    );
  });
});

describe("ndarray", () => {
  const array = new NdArray(counting(12), [3, 4]);

  test("a transposed view is read transposed", () => {
    expect(array.transpose(1, 0).stride).toEqual([1, 4]);
    expect(read(array.transpose(1, 0))).toEqual({
      shape: [4, 3],
      dtype: "f32",
      values: [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11],
    });
  });

  test("offsets, steps and steps backwards", () => {
    expect(read(array.low(0, 1)).values).toEqual([4, 5, 6, 7, 8, 9, 10, 11]);
    expect(read(array.step(1, 2)).values).toEqual([0, 2, 4, 6, 8, 10]);
    expect(read(array.step(0, -1)).values).toEqual([8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3]);
    expect(read(array.low(1, 2).step(1, -1)).values).toEqual([3, 2, 7, 6, 11, 10]);
  });

  test.each([
    [70, 45],
    [32, 64],
    [1, 100],
    [100, 1],
  ])("a transposed view of %d×%d, larger than the squares it is copied in", (rows, columns) => {
    const large = new NdArray(counting(rows * columns), [rows, columns]);
    const wanted = Array.from({ length: rows * columns }, (_, k) => (k % rows) * columns + Math.floor(k / rows));
    expect(read(large.transpose(1, 0))).toEqual({ shape: [columns, rows], dtype: "f32", values: wanted });
  });

  test("a stride of 0 repeats", () => {
    expect(read(new NdArray(counting(3), [2, 3], [0, 1])).values).toEqual([0, 1, 2, 0, 1, 2]);
  });

  test("plain arrays and bare halves are refused with what to do", () => {
    expect(refusal(new NdArray([1, 2, 3, 4], [2, 2])).message).toContain("Float64Array.from");
    const halves = new NdArray(new Uint16Array(4), [2, 2]);
    expect(refusal(halves).message).toMatch(/Expected "f16" or "bf16" for dtype.*Uint16Array.*either/);
    expect(read(halves, "bf16").dtype).toBe("bf16");
  });

  test.each([
    ["past the end", [2, 3], [4, 1], 6],
    ["before the start", [2, 2], [-1, 1], 0],
    ["by a huge stride", [2, 2], [2 ** 40, 1], 0],
    ["by a huge shape", [2 ** 31, 4], [4, 1], 0],
  ])("a view that reaches %s is refused", (_, shape, stride, offset) => {
    expect(refusal(new NdArray(counting(12), shape, stride, offset))).toMatchObject({
      code: "SHAPE_MISMATCH",
      details: { elements: 12 },
    });
  });

  test("strides of the wrong number or kind are refused", () => {
    expect(refusal(new NdArray(counting(4), [2, 2], [1])).message).toContain("2 integers, one an axis");
    expect(refusal(new NdArray(counting(4), [2, 2], [1.5, 1])).message).toContain("2 integers, one an axis");
    expect(refusal(new NdArray(counting(4), [2, 2], [2, 1], 0.5)).message).toContain("tensor.offset");
  });
});

describe("plain objects", () => {
  test("dims or shape, and every spelling of the element types", () => {
    expect(read({ data: counting(4), dims: [2, 2] }).values).toEqual([0, 1, 2, 3]);
    expect(read({ data: counting(4), shape: new Uint32Array([4, 1]) }).shape).toEqual([4, 1]);
    for (const dtype of ["BF16", "bf16", "bfloat16"]) {
      expect(read({ data: new Uint16Array(4), shape: [2, 2], dtype }).dtype).toBe("bf16");
    }
    expect(read({ data: new Uint16Array(4), shape: [2, 2] }, "f16").dtype).toBe("f16");
    expect(read({ data: counting(4), shape: [2, 2], strides: [1, 2] }).values).toEqual([0, 2, 1, 3]);
    expect(read({ data: counting(6), shape: [2, 2], offset: 2 }).values).toEqual([2, 3, 4, 5]);
  });

  test.each<[string, unknown, string?]>([
    ["nothing", null],
    ["a bare typed array", counting(4)],
    ["an array", [[1, 2]]],
    ["no shape", { data: counting(4) }],
    ["no data", { shape: [2, 2] }],
    ["a shape that does not fit", { data: counting(5), shape: [2, 2] }],
    ["a shape that overflows", { data: counting(4), shape: [2 ** 31, 2 ** 31, 2 ** 31] }],
    ["a length of 0", { data: counting(0), shape: [0, 2] }],
    ["a negative length", { data: counting(4), shape: [-2, -2] }],
    ["a broken length", { data: counting(3), shape: [1.5, 2] }],
    ["bare halves", { data: new Uint16Array(4), shape: [2, 2] }],
    ["a dtype that its array is not", { data: counting(4), shape: [2, 2], dtype: "float64" }],
    ["a dtype that is none", { data: counting(4), shape: [2, 2], dtype: "constructor" }],
    ["a wanted dtype that its array is not", { data: counting(4), shape: [2, 2] }, "f16"],
    ["bytes", { data: new Uint8Array(4), shape: [2, 2] }],
  ])("refused: %s", (_, tensor, dtype) => {
    expect(refusal(tensor, dtype)).toBeInstanceOf(ArgumentError);
  });

  test("a getter that throws is reported, not let through", () => {
    const tensor = {
      shape: [1, 1],
      get data(): never {
        throw new RangeError("gone");
      },
    };
    expect(refusal(tensor).message).toContain("Reading it failed: gone");
  });
});

test("any strided view within its array reads as its definition says", () => {
  const views = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: -5, max: 20 })), { minLength: 1, maxLength: 4 })
    .map((axes) => {
      const shape = axes.map(([length]) => length);
      const strides = axes.map(([, stride]) => stride);
      const reach = axes.map(([length, stride]) => (length - 1) * stride);
      const offset = -reach.filter((r) => r < 0).reduce((sum, r) => sum + r, 0);
      const last = offset + reach.filter((r) => r > 0).reduce((sum, r) => sum + r, 0);
      return { data: Float64Array.from({ length: last + 1 }, (_, i) => i), shape, stride: strides, offset };
    });
  fc.assert(
    fc.property(views, (tensor) => {
      // Element k of the flat order has the mixed-radix digits of k as its indices.
      const total = tensor.shape.reduce((product, length) => product * length, 1);
      const wanted = Array.from({ length: total }, (_, k) => {
        let rest = k;
        let position = tensor.offset;
        for (let axis = tensor.shape.length - 1; axis >= 0; axis--) {
          const length = tensor.shape[axis] ?? 1;
          position += (rest % length) * (tensor.stride[axis] ?? 0);
          rest = Math.floor(rest / length);
        }
        return tensor.data[position];
      });
      expect(read(tensor).values).toEqual(wanted);
    }),
  );
});
