import { expect, test } from "vitest";

import { ArgumentError } from "../../lib/errors.ts";
import type { RowIndices } from "../../lib/matrix/rows.ts";
import { Representation } from "../../lib/representation.ts";

const layer = Representation.fromArray(Float32Array.of(1, 2, 3, 4, 0, 0), [3, 2], { name: "x", source: "y" });

test("rows come in the order asked for, more than once if asked for, with facts of their own", () => {
  const rows = layer.rows([2, 0, 2]);
  expect(String(rows)).toBe("x (3×2 f32, y)");
  expect([...rows.toFloat64Array()]).toEqual([0, 0, 1, 2, 0, 0]);
  expect([...rows.facts.zeroRows]).toEqual([0, 2]);
  expect([...layer.facts.zeroRows]).toEqual([2]);
  expect([...layer.rows(Uint32Array.of(1)).facts.constantColumns]).toEqual([0, 1]);
});

test.each<[string, unknown]>([
  ["none", []],
  ["nothing", undefined],
  ["a number", 1],
  ["text", "01"],
  ["one past the end", [3]],
  ["a negative one", [-1]],
  ["a broken one", [0.5]],
  ["NaN", [NaN]],
  ["a hole", { length: 1 }],
  ["no length", {}],
])("refused: %s", (_, rows) => {
  expect(() => layer.rows(rows as RowIndices)).toThrow(ArgumentError);
});

test("the message names the place and the range", () => {
  expect(() => layer.rows([0, 7])).toThrow(
    "Expected an integer from 0 to 2 for indices[1] but received 7 of type number.",
  );
});
