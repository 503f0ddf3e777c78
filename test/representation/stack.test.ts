import { expect, test } from "vitest";

import { ArgumentError, DataError } from "../../lib/errors.ts";
import { Representation, type StackOptions } from "../../lib/representation.ts";
import { NdArray } from "../tensor-like/libraries.ts";

/** Entry (a, b, c) is 100a + 10b + c, so that each value tells where it came from. */
const [A, B, C] = [2, 3, 4] as const;
const data = Float64Array.from({ length: A * B * C }, (_, k) => {
  const c = k % C;
  const b = Math.floor(k / C) % B;
  return 100 * Math.floor(k / (B * C)) + 10 * b + c;
});

const plain = (layers: readonly Representation[]): { shape: [number, number]; values: number[] }[] =>
  layers.map((layer) => ({ shape: [layer.samples, layer.features], values: [...layer.toFloat64Array()] }));

test("[N, L, D]: axis 1 numbers the layers by default", () => {
  const layers = Representation.stack(data, [A, B, C], { source: "gpt" });
  expect(layers.map(String)).toEqual(["layer.0 (2×4 f64, gpt)", "layer.1 (2×4 f64, gpt)", "layer.2 (2×4 f64, gpt)"]);
  expect(plain(layers)[1]).toEqual({ shape: [2, 4], values: [10, 11, 12, 13, 110, 111, 112, 113] });
});

test.each([0, 1, 2] as const)("layers on axis %d: the first of the other two numbers the samples", (layerAxis) => {
  const lengths = [A, B, C];
  const rest = [0, 1, 2].filter((axis) => axis !== layerAxis);
  const [samples = 0, features = 0] = rest.map((axis) => lengths[axis] ?? 0);
  const unit = [100, 10, 1];
  const [row = 0, column = 0] = rest.map((axis) => unit[axis] ?? 0);
  const wanted = Array.from({ length: lengths[layerAxis] ?? 0 }, (_, layer) => ({
    shape: [samples, features],
    values: Array.from(
      { length: samples * features },
      (__, k) => layer * (unit[layerAxis] ?? 0) + Math.floor(k / features) * row + (k % features) * column,
    ),
  }));
  expect(plain(Representation.stack(data, [A, B, C], { layerAxis }))).toEqual(wanted);
  expect(plain(Representation.stack({ data, dims: [A, B, C] }, { layerAxis }))).toEqual(wanted);
  // The same numbers, seen through a view whose strides undo a permutation of the axes.
  const permuted = new NdArray(data, [A, B, C]).transpose(2, 0, 1);
  const axisInView = [2, 0, 1].indexOf(layerAxis);
  const viewed = Representation.stack(permuted.transpose(1, 2, 0), { layerAxis });
  expect(plain(viewed)).toEqual(wanted);
  expect(Representation.stack(permuted, { layerAxis: axisInView as 0 | 1 | 2 })).toHaveLength(wanted.length);
});

test("halves and names", () => {
  const halves = Uint16Array.of(0x3c00, 0x4000);
  const layers = Representation.stack(halves, [1, 2, 1], { dtype: "f16", names: ["early", "late"] });
  expect(layers.map(String)).toEqual(["early (1×1 f16)", "late (1×1 f16)"]);
  expect(layers.map((layer) => layer.toFloat64Array()[0])).toEqual([1, 2]);
});

test("a layer with a NaN is named", () => {
  const bad = data.slice();
  bad[B * C + C + 2] = NaN;
  const call = (): unknown => Representation.stack(bad, [A, B, C]);
  expect(call).toThrow(DataError);
  expect(call).toThrow(/representation "layer\.1".*row 1, column 2/);
});

test.each<[string, readonly unknown[]]>([
  ["rank 2", [{ data, shape: [6, 4] }]],
  ["rank 4", [{ data, shape: [2, 3, 2, 2] }]],
  ["an array without a shape", [data]],
  ["a shape that does not fit", [data, [2, 3, 5]]],
  ["a shape of two", [data, [6, 4]]],
  ["axis 3", [data, [A, B, C], { layerAxis: 3 }]],
  ["axis −1", [data, [A, B, C], { layerAxis: -1 }]],
  ["too few names", [data, [A, B, C], { names: ["a"] }]],
  ["an empty name", [data, [A, B, C], { names: ["a", "", "c"] }]],
  ["an option of fromArray", [data, [A, B, C], { take: true } as StackOptions]],
])("refused: %s", (_, values) => {
  expect(() => Reflect.apply(Representation.stack, Representation, values)).toThrow(ArgumentError);
});
