import { describe, expect, test } from "vitest";

import { ArgumentError, DataError } from "../../lib/errors.ts";
import { matrixOf, Representation } from "../../lib/representation.ts";
import type { TensorLike } from "../../lib/matrix/tensor-like.ts";
import { NdArray, OnnxTensor, TfTensor, TransformersTensor } from "../tensor-like/libraries.ts";

const counting = (length: number): Float32Array => Float32Array.from({ length }, (_, i) => i);

test("rank 2 is taken as it is, from every library", () => {
  const tensors: TensorLike[] = [
    new OnnxTensor("float32", counting(6), [2, 3]),
    new TransformersTensor("float32", counting(6), [2, 3]),
    new TfTensor(counting(6), [2, 3]),
    new NdArray(counting(6), [2, 3]),
    new NdArray(Float32Array.of(0, 3, 1, 4, 2, 5), [3, 2]).transpose(1, 0),
    { data: counting(6), dims: [2, 3] },
    { data: counting(6), shape: [2, 3] },
  ];
  for (const tensor of tensors) {
    const layer = Representation.fromTensor(tensor, { name: "x", source: "y" });
    expect(String(layer)).toBe("x (2×3 f32, y)");
    expect([...layer.toFloat64Array()]).toEqual([0, 1, 2, 3, 4, 5]);
  }
});

test("the elements are copied", () => {
  const data = counting(6);
  const layer = Representation.fromTensor({ data, shape: [2, 3] });
  data.fill(9);
  expect([...layer.toFloat64Array()]).toEqual([0, 1, 2, 3, 4, 5]);
  const shared = new Float32Array(new SharedArrayBuffer(16));
  expect(matrixOf(Representation.fromTensor({ data: shared, shape: [2, 2] })).data.buffer).toBeInstanceOf(ArrayBuffer);
});

describe("rank above 2", () => {
  const tensor = new NdArray(counting(24), [2, 3, 4]);

  test("only with flatten, which the message names", () => {
    expect(() => Representation.fromTensor(tensor)).toThrow(ArgumentError);
    expect(() => Representation.fromTensor(tensor)).toThrow(
      /Expected rank 2 .* received \[ 2, 3, 4 \].*`flatten: true`.*`Representation\.stack`/,
    );
    const four = { data: counting(16), shape: [2, 2, 2, 2] };
    expect(() => Representation.fromTensor(four)).toThrow(/`flatten: true` to make one long row of each sample\.$/);
    const layer = Representation.fromTensor(tensor, { flatten: true });
    expect([layer.samples, layer.features]).toEqual([2, 12]);
    expect([...layer.toFloat64Array()]).toEqual([...counting(24)]);
  });

  test("of a transposed view, the rows are flattened in the view's order", () => {
    const layer = Representation.fromTensor(tensor.transpose(2, 0, 1), { flatten: true });
    expect([layer.samples, layer.features]).toEqual([4, 6]);
    expect([...layer.rows([0]).toFloat64Array()]).toEqual([0, 4, 8, 12, 16, 20]);
  });

  test("flatten changes nothing about rank 2", () => {
    expect(Representation.fromTensor({ data: counting(6), shape: [2, 3] }, { flatten: true }).features).toBe(3);
  });
});

test.each([
  ["rank 1", { data: counting(3), shape: [3] }, /rank 2.*the shape \[n, 1\]/],
  ["rank 0", { data: counting(1), shape: [] }, /rank 2/],
  ["no tensor", counting(3), /Expected a tensor, with `data` and `dims` or `shape`, for tensor/],
] as const)("%s is refused, even with flatten", (_, tensor, message) => {
  expect(() => Representation.fromTensor(tensor as TensorLike, { flatten: true })).toThrow(message);
});

test("options are checked", () => {
  const tensor = { data: counting(4), shape: [2, 2] };
  const unchecked = (options: object): unknown => Representation.fromTensor(tensor, options);
  expect(() => unchecked({ flatten: "yes" })).toThrow(/options\.flatten/);
  expect(() => unchecked({ take: true })).toThrow(/only the keys name, source, dtype, flatten/);
  expect(() => unchecked({ dtype: "f16" })).toThrow(/"f32", as the Float32Array holds,/);
});

test("non-finite entries are placed in the flattened matrix", () => {
  const data = counting(12);
  data[10] = NaN;
  const call = (): unknown => Representation.fromTensor({ data, shape: [2, 3, 2] }, { flatten: true, name: "conv" });
  expect(call).toThrow(DataError);
  expect(call).toThrow(expect.objectContaining({ details: { count: 1, row: 1, column: 4, value: NaN } }));
});
