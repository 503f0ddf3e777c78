import { describe, expect, it } from "vitest";
import { compare, type Comparison, medianBandwidth, Representation } from "../../lib/index.ts";
import { goldenKernels, goldenPairs, goldenQuantities } from "./golden.ts";

/** The tolerances that are promised, relative: f64 to the ninth digit, f32 tiles to the fifth. */
const tolerances = { f64: 1e-9, f32: 1e-5 } as const;

const metrics = ["ka", "cka.biased", "cka.debiased", "hsic.biased", "hsic.debiased"];

describe.each(goldenPairs())("golden numbers: $name", ({ x, y, values }) => {
  const layers = [x, y].map(({ data, n, d }, i) =>
    Representation.fromArray(Float32Array.from(data), [n, d], { name: `layer ${i}` }),
  );

  async function ask(
    precision: "f32" | "f64",
    space: "auto" | "gram" | "feature",
  ): Promise<Record<string, Comparison>> {
    const results: Record<string, Comparison> = {};
    for (const [name, kernel] of Object.entries(goldenKernels)) {
      const spaceOfKernel = name === "linear" || name === "cosine" ? space : "auto";
      results[name] = await compare(layers, undefined, { metrics, kernel, precision, space: spaceOfKernel });
    }
    return results;
  }

  it.each([
    ["f64", "gram"],
    ["f64", "feature"],
    ["f32", "gram"],
    ["f32", "feature"],
  ] as const)("%s, linear kernels in %s space", async (precision, space) => {
    const results = await ask(precision, space);
    const wrong = goldenQuantities.flatMap(({ quantity, metric, kernel, ...rest }) => {
      const name = "estimator" in rest ? `${metric}.${rest.estimator}` : metric;
      const { value = NaN } = results[kernel]?.get(name, 0, 1) ?? {};
      const expected = values[quantity] ?? NaN;
      const error = Math.abs(value / expected - 1);
      return error <= tolerances[precision] ? [] : [{ quantity, value, expected, error }];
    });
    expect(wrong).toEqual([]);
  });

  it("median distances", async () => {
    for (const [layer, key] of [
      [layers[0], "rbf.median1"],
      [layers[1], "rbf.median2"],
    ] as const) {
      const { distance, exact } = await medianBandwidth(layer ?? Representation.fromArray(new Float32Array(1), [1, 1]));
      expect(exact).toBe(true);
      expect(Math.abs(distance / (values[key] ?? NaN) - 1)).toBeLessThan(tolerances.f64);
    }
  });
});
