import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { platonic, unitRows } from "../twin/platonic.ts";
import { answersFromFeatures, answersFromGrams } from "./answers.ts";
import { goldenPairs } from "./golden.ts";

// Two float64 computations of one number by different means: sums over up to 1000² entries, and eigenvectors.
const tolerance = 1e-9;

/** √(1 − ρ) of a ρ that is 1 but for rounding is the root of a rounding error, 1e-8, in either computation. */
const behindRoots = 1e-6;

/** A misalignment that is 0 leaves the square of a rounding error of the features. */
const zeroMisalignment = 1e-24;

function toleranceOf(quantity: string, expected: number): number {
  if (quantity.startsWith("w2.")) return behindRoots * Math.abs(expected);
  if (quantity.startsWith("misalignment.")) return tolerance * Math.abs(expected) + zeroMisalignment;
  return tolerance * Math.abs(expected);
}

/** Numbers inside a value of the file: a scalar, a list, or a table by name. */
function numbersOf(value: unknown): number[] {
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(numbersOf);
  // The file has null for the infinite mutual information of samples fewer than features.
  return [typeof value === "number" ? value : Infinity];
}

function expectGolden(quantity: string, answer: unknown, golden: unknown): void {
  const [actual, expected] = [numbersOf(answer), numbersOf(golden)];
  expect(actual.length).toBe(expected.length);
  const wrong = expected.flatMap((value, i) => {
    const found = actual[i] ?? NaN;
    return found === value || Math.abs(found - value) <= toleranceOf(quantity, value) ? [] : [{ found, value }];
  });
  expect(wrong).toEqual([]);
}

// All pairs for what is made of features. What is made of n×n matrices of 32 digits or of their eigenvectors takes minutes at a thousand
// samples; the two small pairs have every one of these quantities.
describe.each(goldenPairs())("the twins answer the golden file: $name", (pair) => {
  const answers = { ...answersFromFeatures(pair), ...(pair.x.n <= 200 ? answersFromGrams(pair) : {}) };

  it.each(Object.keys(answers).filter((quantity) => quantity in pair.all))("%s", (quantity) => {
    expectGolden(quantity, answers[quantity]?.(), pair.all[quantity]);
  });
});

it("the twins answer every quantity that the file has", () => {
  const answered = new Set(
    goldenPairs()
      .filter(({ x }) => x.n <= 200)
      .flatMap((pair) => Object.keys({ ...answersFromFeatures(pair), ...answersFromGrams(pair) })),
  );
  const asked = goldenPairs().flatMap(({ all }) => Object.keys(all));
  expect(asked.filter((quantity) => !answered.has(quantity))).toEqual([]);
});

describe("the twins answer as platonic-rep does", () => {
  const file = readFileSync(new URL("golden/mnist.platonic-rep.json", import.meta.url), "utf8");
  const golden = JSON.parse(file) as Record<string, Record<string, number>>;
  // Its means over samples are floats: 24 bits, of which a sum of ten loses one or two.
  const ofFloats = 2e-7;

  describe.each(goldenPairs())("$name", ({ name, x, y }) => {
    it.each([
      ["raw", x, y],
      ["l2", unitRows(x), unitRows(y)],
    ] as const)("%s", (rows, first, second) => {
      const wrong = Object.entries(platonic(first, second)).flatMap(([quantity, value]) => {
        const expected = golden[name]?.[`${rows}.${quantity}`] ?? NaN;
        return Math.abs(value / expected - 1) <= ofFloats ? [] : [{ quantity, value, expected }];
      });
      expect(wrong).toEqual([]);
    });
  });
});
