// A pair the other way round, a layer with itself, and a layer with its copy.
import { describe, expect, it } from "vitest";

import {
  compare,
  type Comparison,
  cosine,
  describeKernel,
  laplacian,
  linear,
  metrics,
  polynomial,
  rbf,
} from "../../lib/index.ts";
import { represent } from "../property/ask.ts";
import { hardCases } from "../twin/cases.ts";
import { TwinPair } from "./twin-pair.ts";
import { twins } from "./twin-metrics.ts";

const kernels = [linear(), cosine(), rbf(), laplacian(), polynomial({ degree: 2 })];
const catalogue = new Map(metrics.list().map((entry) => [entry.id, entry]));

const requests = metrics.list().flatMap(({ id, variants }) =>
  (variants.length === 0 ? [undefined] : variants.filter((variant) => variant !== "minibatch")).flatMap((variant) =>
    [{}, ...(twins[id]?.settings ?? [])].map((parameters) => ({
      id,
      parameters,
      ...(variant === undefined ? {} : { variant }),
    })),
  ),
);

const options = { metrics: requests, kernel: kernels, precision: "f64" } as const;

const other: Readonly<Record<string, string>> = { forward: "backward", backward: "forward" };

/** The matrix of a directed metric the other way; the same matrix for the symmetric ones. */
function reversed(result: Comparison, m: number): Comparison["matrices"][number] {
  const matrix = result.matrices[m]!;
  const way = other[matrix.variant ?? ""];
  if (way === undefined) return matrix;
  const same = (parameters: object): boolean => JSON.stringify(parameters) === JSON.stringify(matrix.parameters);
  return result.matrices.find(
    ({ metric, variant, kernel, parameters }) =>
      metric === matrix.metric && variant === way && kernel === matrix.kernel && same(parameters),
  )!;
}

describe.each(hardCases)("$name", ({ a, b }) => {
  it("the two the other way round", async () => {
    const [first, second] = [represent(a, "a"), represent(b, "b")];
    const there = await compare([first], [second], options);
    const back = await compare([second], [first], options);
    const among = await compare([first, second], undefined, options);
    const pair = new TwinPair(a, b);
    const wrong = there.matrices.flatMap((matrix, m) => {
      const { key, metric, variant, parameters, kernel, symmetric } = matrix;
      expect(symmetric).toBe(!(variant !== null && variant in other));
      const value = matrix.values[0]!;
      const returned = reversed(back, m).values[0]!;
      const above = among.matrices[m]!.values[1]!;
      const below = reversed(among, m).values[2]!;
      const asked = { variant, parameters, kernel: kernels.find((k) => describeKernel(k) === kernel) ?? linear() };
      const floor = twins[metric]!.floor?.(variant === "backward" ? pair.swapped() : pair, asked, value) ?? 0;
      // In one comparison both halves of a matrix are one number; in two, sums are taken in another order.
      const tolerance = 1e-11 * Math.abs(value) + floor;
      const close = Object.is(value, returned) || Math.abs(value - returned) <= tolerance;
      return close && (!symmetric || Object.is(above, below)) && (symmetric || Object.is(above, below))
        ? []
        : [{ key, value, returned, above, below }];
    });
    expect(wrong).toEqual([]);
  });

  it.each([
    ["a", a],
    ["b", b],
  ])("%s with itself, and with a copy", async (_, x) => {
    const layer = represent(x, "x");
    const among = await compare([layer, represent(x, "copy")], undefined, options);
    const pair = new TwinPair(x, x);
    const wrong = among.matrices.flatMap(({ key, metric, variant, parameters, kernel, values, reasons }) => {
      const asked = { variant, parameters, kernel: kernels.find((k) => describeKernel(k) === kernel) ?? linear() };
      const expected = twins[metric]!.answer(pair, asked);
      const tolerance = 1e-9 * Math.abs(expected) + (twins[metric]!.floor?.(pair, asked, expected) ?? 0);
      return Array.from(values).every((value) => Object.is(value, expected) || Math.abs(value - expected) <= tolerance)
        ? []
        : [{ key, values: Array.from(values), expected, tolerance, reasons }];
    });
    expect(wrong).toEqual([]);
  });
});

it("the best value of a normalised metric is what a layer has with itself", async () => {
  // A layer's neighbour need not have it for a neighbour, so cycles may fail; κ keeps KCC below 1; platonic-rep adds 1e-6 to denominators.
  const short = /^(kcc|cycle-knn|platonic-.*)$/;
  const { a } = hardCases[0]!;
  const { matrices } = await compare([represent(a, "a")], undefined, options);
  const wrong = matrices.flatMap(({ key, metric, variant, sense, values }) => {
    const best = catalogue.get(metric)!.range[sense === "distance" ? 0 : 1];
    if (best === null || short.test(metric) || variant === "unbiased") return [];
    // Roots of roundings for distances that are differences, or angles.
    return Math.abs(values[0]! - best) <= (sense === "distance" ? 1e-7 : 1e-13) ? [] : [{ key, value: values[0] }];
  });
  expect(wrong).toEqual([]);
});
