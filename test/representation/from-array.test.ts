import { inspect } from "node:util";

import { describe, expect, test } from "vitest";

import type { Elements } from "../../lib/dtype.ts";
import { ArgumentError, DataError, type GramianError } from "../../lib/errors.ts";
import { factsOf, type FromArrayOptions, matrixOf, Representation } from "../../lib/representation.ts";

const six = Float32Array.of(1, 2, 3, 4, 5, 6);

test("what it is asked, it answers", () => {
  const layer = Representation.fromArray(six, [3, 2], { name: "relu1", source: "mlp" });
  expect([layer.name, layer.source, layer.samples, layer.features, layer.dtype]).toEqual(["relu1", "mlp", 3, 2, "f32"]);
  expect(layer.toFloat64Array()).toEqual(Float64Array.of(1, 2, 3, 4, 5, 6));
  expect(String(layer)).toBe("relu1 (3×2 f32, mlp)");
  expect(inspect({ layer })).toBe("{ layer: Representation relu1 (3×2 f32, mlp) }");
  const plain = Representation.fromArray(six, [2, 3]);
  expect([plain.name, plain.source, String(plain)]).toEqual(["unnamed", null, "unnamed (2×3 f32)"]);
});

test("f64, f32, f16 and bf16 keep their bits and widen exactly", () => {
  const cases: readonly [Elements, FromArrayOptions, number[]][] = [
    [Float64Array.of(0.1, -2), {}, [0.1, -2]],
    [Float64Array.of(0.1, -2), { dtype: "f64" }, [0.1, -2]],
    [Float32Array.of(0.1, -2), { dtype: "f32" }, [Math.fround(0.1), -2]],
    [Uint16Array.of(0x3c00, 0xc000), { dtype: "f16" }, [1, -2]],
    [Uint16Array.of(0x3f80, 0xc000), { dtype: "bf16" }, [1, -2]],
  ];
  for (const [data, options, values] of cases) {
    const layer = Representation.fromArray(data, [2, 1], options);
    expect([...layer.toFloat64Array()]).toEqual(values);
    expect(matrixOf(layer).data).toStrictEqual(data);
  }
});

describe("it never changes", () => {
  test("not with the array that it was made of, nor with what it hands out", () => {
    const data = six.slice();
    const layer = Representation.fromArray(data, [3, 2]);
    data.fill(NaN);
    layer.toFloat64Array().fill(NaN);
    layer.facts.mean.fill(NaN);
    expect([...layer.toFloat64Array()]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...layer.facts.mean]).toEqual([3, 4]);
    expect(factsOf(layer).mean).not.toBe(layer.facts.mean);
  });

  test("not by assignment", () => {
    const layer = Representation.fromArray(six, [3, 2]);
    expect(Object.isFrozen(layer)).toBe(true);
    expect(() => Object.assign(layer, { name: "other" })).toThrow(TypeError);
    expect(Object.keys(layer)).toEqual([]);
  });

  test("and nobody makes one past the checks", () => {
    const make = Representation as unknown as new (...values: unknown[]) => Representation;
    expect(() => new make()).toThrow(/Expected Representation\.fromArray, fromTensor, stack, load or loadAll/);
    expect(() => new make(Symbol("gramian.Representation"), {}, {}, {})).toThrow(ArgumentError);
  });
});

describe("arguments", () => {
  test("the documented example of a shape that does not fit", () => {
    expect(() => Representation.fromArray(new Float32Array(5), [2, 3])).toThrow(
      expect.objectContaining({
        code: "SHAPE_MISMATCH",
        message: expect.stringMatching(
          /^Expected 6 elements \(2×3\) for data but received Float32Array\(5\).* of type Float32Array\.$/,
        ),
      }),
    );
  });

  test.each<[string, readonly unknown[], GramianError["code"]]>([
    ["no data", [undefined, [1, 1]], "INVALID_ARGUMENT"],
    [
      "a plain array",
      [
        [1, 2],
        [1, 2],
      ],
      "INVALID_ARGUMENT",
    ],
    ["whole numbers", [new Int32Array(4), [2, 2]], "UNSUPPORTED_DTYPE"],
    ["bytes", [Buffer.alloc(4), [2, 2]], "UNSUPPORTED_DTYPE"],
    ["a DataView", [new DataView(new ArrayBuffer(8)), [1, 1]], "INVALID_ARGUMENT"],
    ["bare halves", [new Uint16Array(4), [2, 2]], "INVALID_ARGUMENT"],
    ["halves called floats", [new Uint16Array(4), [2, 2], { dtype: "f32" }], "INVALID_ARGUMENT"],
    ["floats called halves", [new Float32Array(4), [2, 2], { dtype: "f16" }], "INVALID_ARGUMENT"],
    ["no shape", [new Float32Array(4)], "INVALID_ARGUMENT"],
    ["a shape of one", [new Float32Array(4), [4]], "SHAPE_MISMATCH"],
    ["a shape of three", [new Float32Array(4), [2, 2, 1]], "SHAPE_MISMATCH"],
    ["n = 0", [new Float32Array(0), [0, 3]], "INVALID_ARGUMENT"],
    ["d = 0", [new Float32Array(0), [3, 0]], "INVALID_ARGUMENT"],
    ["a negative n", [new Float32Array(4), [-2, -2]], "INVALID_ARGUMENT"],
    ["a broken n", [new Float32Array(3), [1.5, 2]], "INVALID_ARGUMENT"],
    ["an n in words", [new Float32Array(4), ["2", 2]], "INVALID_ARGUMENT"],
    ["a product beyond 32 bits", [new Float32Array(4), [2 ** 31, 4]], "SHAPE_MISMATCH"],
    ["a product that is 0 in 32 bits", [new Float32Array(0), [2 ** 16, 2 ** 16]], "SHAPE_MISMATCH"],
    ["a product beyond 53 bits", [new Float32Array(4), [2 ** 31, 2 ** 31]], "SHAPE_MISMATCH"],
    ["an n beyond 32 bits", [new Float32Array(4), [2 ** 32, 1]], "INVALID_ARGUMENT"],
    ["an empty name", [new Float32Array(4), [2, 2], { name: "" }], "INVALID_ARGUMENT"],
    ["a name that is no text", [new Float32Array(4), [2, 2], { name: 3 }], "INVALID_ARGUMENT"],
    ["a source that is no text", [new Float32Array(4), [2, 2], { source: null }], "INVALID_ARGUMENT"],
    ["take that is no boolean", [new Float32Array(4), [2, 2], { take: 1 }], "INVALID_ARGUMENT"],
    ["a misspelled option", [new Float32Array(4), [2, 2], { nmae: "x" }], "INVALID_ARGUMENT"],
    ["options that are none", [new Float32Array(4), [2, 2], "x"], "INVALID_ARGUMENT"],
  ])("refused: %s", (_, values, code) => {
    const call = (): unknown => Reflect.apply(Representation.fromArray, Representation, values);
    expect(call).toThrow(ArgumentError);
    expect(call).toThrow(expect.objectContaining({ code }));
  });
});

test.each([
  [NaN, "NaN"],
  [Infinity, "Infinity"],
  [-Infinity, "-Infinity"],
])("%d is refused with its count, place and owner", (value, text) => {
  const data = Float64Array.from({ length: 12 }, (_, i) => (i === 7 || i === 10 ? value : i));
  const call = (): unknown => Representation.fromArray(data, [4, 3], { name: "relu1" });
  expect(call).toThrow(DataError);
  expect(call).toThrow(
    expect.objectContaining({
      code: "NON_FINITE",
      message:
        `Expected finite numbers for representation "relu1" but received 2 that are not, ` +
        `the first at row 2, column 1: ${text} of type number.`,
      details: { count: 2, row: 2, column: 1, value },
    }),
  );
});

test("non-finite halves are found as well", () => {
  const f16 = Uint16Array.of(0x3c00, 0x7c00, 0xfc00, 0x7e00);
  expect(() => Representation.fromArray(f16, [2, 2], { dtype: "f16" })).toThrow(
    /received 3 .* row 0, column 1: Infinity/,
  );
  const bf16 = Uint16Array.of(0x3f80, 0x3f80, 0x3f80, 0xffc0);
  expect(() => Representation.fromArray(bf16, [2, 2], { dtype: "bf16" })).toThrow(/received 1 .* row 1, column 1: NaN/);
});
