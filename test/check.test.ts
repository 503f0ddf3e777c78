import { runInNewContext } from "node:vm";

import { describe, expect, test } from "vitest";

import {
  checkArray,
  checkBoolean,
  checkFunction,
  checkInteger,
  checkNumber,
  checkOneOf,
  checkOptions,
  checkSignal,
  checkString,
  describeValue,
  expected,
} from "../lib/check.ts";
import { ArgumentError } from "../lib/errors.ts";

describe("a value is described by what it looks like and its type", () => {
  class Layer {
    size = 3;
  }
  test.each<[unknown, string]>([
    [2.5, "2.5 of type number"],
    [-0, "-0 of type number"],
    [7n, "7n of type bigint"],
    ["relu", "'relu' of type string"],
    [undefined, "undefined of type undefined"],
    [null, "null of type null"],
    [Symbol("s"), "Symbol(s) of type symbol"],
    [[1, 2, 3, 4, 5], "[ 1, 2, 3, ... 2 more items ] of type Array"],
    [new Float32Array(5), "Float32Array(5) [ 0, 0, 0, ... 2 more items ] of type Float32Array"],
    [{ a: 1 }, "{ a: 1 } of type Object"],
    [new Layer(), "Layer { size: 3 } of type Layer"],
    [Object.create(null), "[Object: null prototype] {} of type object"],
    [Layer, "[class Layer] of type function"],
  ])("%o", (value, text) => {
    expect(describeValue(value)).toBe(text);
  });

  test("a long one is cut", () => {
    const text = describeValue("x".repeat(1000));
    expect(text).toMatch(/^'x+… of type string$/);
    expect(text.length).toBeLessThan(90);
  });

  test("a hostile one runs no code and does no harm", () => {
    const trap = {
      get secret(): never {
        throw new Error("a getter was called");
      },
      [Symbol.for("nodejs.util.inspect.custom")]: () => "a custom inspect was called",
    };
    expect(describeValue(trap)).toContain("[Getter]");
    expect(describeValue(trap)).not.toContain("was called");
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(typeof describeValue(proxy)).toBe("string");
  });
});

test("the message has one shape, and the error a code and details", () => {
  const cause = new Error("why");
  const error = expected("a cat", "pet", 3, { code: "SHAPE_MISMATCH", hint: "Ask one.", cause, details: { legs: 4 } });
  expect(error).toBeInstanceOf(ArgumentError);
  expect(error.message).toBe("Expected a cat for pet but received 3 of type number. Ask one.");
  expect(error).toMatchObject({
    code: "SHAPE_MISMATCH",
    details: { name: "pet", legs: 4 },
    cause,
    name: "ArgumentError",
  });
  expect(expected("a cat", "pet", 3).code).toBe("INVALID_ARGUMENT");
});

const refusals: readonly [string, () => unknown, string][] = [
  ["string", () => checkString("", "s"), "Expected a non-empty string for s but received '' of type string."],
  ["boolean", () => checkBoolean(1, "b"), "Expected true or false for b but received 1 of type number."],
  ["NaN", () => checkNumber(NaN, "x"), "Expected a finite number for x but received NaN of type number."],
  [
    "min",
    () => checkNumber(-1, "x", { min: 0 }),
    "Expected a finite number of at least 0 for x but received -1 of type number.",
  ],
  [
    "max",
    () => checkNumber(2, "x", { max: 1 }),
    "Expected a finite number of at most 1 for x but received 2 of type number.",
  ],
  [
    "above",
    () => checkNumber(0, "x", { above: 0 }),
    "Expected a finite number above 0 for x but received 0 of type number.",
  ],
  [
    "integer",
    () => checkInteger(1.5, "n", { min: 1, max: 3 }),
    "Expected an integer from 1 to 3 for n but received 1.5 of type number.",
  ],
  [
    "unsafe",
    () => checkInteger(2 ** 53, "n"),
    "Expected an integer for n but received 9007199254740992 of type number.",
  ],
  ["text", () => checkInteger("3", "n"), "Expected an integer for n but received '3' of type string."],
  ["choice", () => checkOneOf("c", "m", ["a", "b"]), `Expected one of "a", "b" for m but received 'c' of type string.`],
  ["array", () => checkArray({ length: 0 }, "l"), "Expected an array for l but received { length: 0 } of type Object."],
  [
    "signal",
    () => checkSignal({ aborted: false }, "s"),
    "Expected an AbortSignal for s but received { aborted: false } of type Object.",
  ],
  [
    "options",
    () => checkOptions(null, "o", ["a"]),
    "Expected an object of options for o but received null of type null.",
  ],
  [
    "key",
    () => checkOptions({ neme: 1 }, "o", ["name", "source"]),
    "Expected only the keys name, source for o but received 'neme' of type string.",
  ],
];
test.each(refusals)("refuses: %s", (_, call, message) => {
  expect(call).toThrow(ArgumentError);
  expect(call).toThrow(expect.objectContaining({ message, code: "INVALID_ARGUMENT" }));
});

test("what is right is handed back", () => {
  const { signal } = new AbortController();
  const options = { a: 1 };
  expect(checkString("a", "s")).toBe("a");
  expect(checkBoolean(false, "b")).toBe(false);
  expect(checkNumber(0, "x", { min: 0, max: 0 })).toBe(0);
  expect(checkInteger(3, "n", { above: 2 })).toBe(3);
  expect(checkOneOf("b", "m", ["a", "b"])).toBe("b");
  expect(checkArray([1], "l")).toEqual([1]);
  expect(checkFunction(parseInt, "f")).toBe(parseInt);
  expect(checkSignal(signal, "s")).toBe(signal);
  expect(checkOptions(options, "o", ["a", "b"])).toBe(options);
  expect(checkOptions(undefined, "o", ["a"])).toEqual({});
});

test("arrays of another realm are arrays", () => {
  expect(checkArray(runInNewContext("[1, 2]"), "l")).toHaveLength(2);
});
