import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compare, cosine, linear, rbf } from "../../lib/index.ts";
import { map, roundToFloat32 } from "../twin/features.ts";
import { gaussian } from "../twin/random.ts";
import { gram } from "../twin/gram.ts";
import { expectTwins } from "./agreement.ts";
import { askAll, represent } from "./ask.ts";
import { expectWithin } from "./expect-within.ts";
import { hardships, related, shapes } from "./scenario.ts";

describe("feature space", () => {
  it.each(Object.entries(hardships))("is held to the twins as Gram space is, %s", async (_, hardship) => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(shapes, fc.constantFrom(linear(), cosine()), async (shape, kernel) => {
        const { x, y } = hardship(related(shape), shape.seed);
        const layers = [x, y].map(roundToFloat32).map((features) => ({ features, gram: gram(features, kernel) }));
        const given = layers.map(({ features }) => features);
        for (const precision of ["f64", "f32"] as const) {
          const result = await askAll(given, { kernel, precision, space: "feature" }, precision);
          expect(result.plan.space).toBe("feature");
          compared += expectTwins(result, layers, kernel, precision);
        }
      }),
      { seed: 98, numRuns: 15 },
    );
    expect(compared).toBeGreaterThan(15 * 20);
  });

  it("agrees with Gram space far beyond what either promises", async () => {
    await fc.assert(
      fc.asyncProperty(shapes, async (shape) => {
        const { x, y } = related(shape);
        const gramSpace = await askAll([x, y], { space: "gram" });
        const featureSpace = await askAll([x, y], { space: "feature" });
        gramSpace.matrices.forEach((matrix, m) => {
          const other = featureSpace.matrices[m] ?? matrix;
          expect(other.status).toEqual(matrix.status);
          const size = matrix.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
          // Feature space takes the diagonals out of debiased sums afterwards: they are up to n times the rest.
          matrix.values.forEach((value, k) =>
            expectWithin(other.values[k] ?? NaN, value, 1e-13 * shape.n * size, matrix.key),
          );
        });
      }),
      { seed: 99, numRuns: 30 },
    );
  });
});

describe("the planner", () => {
  const many = Array.from({ length: 4 }, (_, i) => represent(gaussian(400, 6, i), `narrow ${i}`, "f32"));
  const wide = Array.from({ length: 4 }, (_, i) => represent(gaussian(20, 300, i), `wide ${i}`, "f32"));

  it("takes the cheaper space and says why", async () => {
    const narrow = await compare(many);
    expect(narrow.plan.space).toBe("feature");
    expect(narrow.plan.reason.length).toBeGreaterThan(10);
    expect(narrow.plan.flops.feature ?? NaN).toBeLessThan(narrow.plan.flops.gram);
    const broad = await compare(wide);
    expect(broad.plan.space).toBe("gram");
    expect(broad.plan.flops.gram).toBeLessThan(broad.plan.flops.feature ?? NaN);
  });

  it("knows that a kernel that is not linear has no feature space", async () => {
    const { plan } = await compare(many, undefined, { kernel: rbf(), space: "feature" });
    expect(plan.space).toBe("gram");
    expect(plan.flops.feature).toBeNull();
  });

  it("keeps debiased feature space exact where one sample is far out", async () => {
    const x = roundToFloat32(map(gaussian(400, 6, 20), (value, i) => (i === 7 ? 300 * value : value)));
    const y = roundToFloat32(gaussian(400, 6, 21));
    const options = { metrics: ["cka.debiased"] };
    const layers = [represent(x, "x", "f32"), represent(y, "y", "f32")];
    const chosen = await compare(layers, undefined, options);
    const exact = await compare(layers, undefined, { ...options, precision: "f64", space: "gram" });
    // The tolerance of f32 tiles that is promised everywhere.
    expectWithin(chosen.get("cka", 0, 1).value, exact.get("cka", 0, 1).value, 1e-6);
  });
});
