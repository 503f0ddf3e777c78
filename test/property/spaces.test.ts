import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cosine, linear } from "../../lib/index.ts";
import { roundToFloat32 } from "../twin/features.ts";
import { gram } from "../twin/gram.ts";
import { expectTwins } from "./agreement.ts";
import { askAll } from "./ask.ts";
import { expectWithin } from "./expect-within.ts";
import { hardships, related, shapes } from "./scenario.ts";

const metrics = ["ka", "cka.biased", "cka.debiased", "hsic.biased", "hsic.debiased"];

describe.each(["offset of 1e4", "scales 1e-6 to 1e6", "rank-deficient", "duplicated rows", "none"])(
  "Gram space and feature space agree, %s",
  (name) => {
    const hardship = hardships[name];
    if (!hardship) throw new Error(`no hardship called ${name}`);

    it.each([linear(), cosine()])("$kind", async (kernel) => {
      await fc.assert(
        fc.asyncProperty(shapes, async (shape) => {
          const { x, y } = hardship(related(shape), shape.seed);
          fc.pre(kernel.kind === "linear" || (x.d > 1 && y.d > 1));
          const gramSpace = await askAll([x, y], { kernel, space: "gram" });
          const featureSpace = await askAll([x, y], { kernel, space: "feature" });
          expect(gramSpace.plan.space).toBe("gram");
          expect(featureSpace.plan.space).toBe("feature");
          for (const metric of metrics) {
            for (const [i, j] of [
              [0, 0],
              [0, 1],
              [1, 1],
            ] as const) {
              const a = gramSpace.get(metric, i, j);
              const b = featureSpace.get(metric, i, j);
              expect(b.status).toBe(a.status);
              if (a.status !== "ok") continue;
              const self = (of: number): number => Math.abs(gramSpace.get(metric, of, of).value);
              const scale = Math.max(Math.sqrt(self(i) * self(j)), Math.abs(a.value));
              // Feature space takes the diagonals out afterwards: of debiased numbers it loses what they were more than the rest,
              // at most n for four or more samples of one scale.
              expectWithin(a.value, b.value, 1e-11 * x.n * scale, metric);
            }
          }
        }),
        { seed: 99, numRuns: 15 },
      );
    });
  },
);

it("f32 feature space is held to the twins on ordinary data", async () => {
  await fc.assert(
    fc.asyncProperty(shapes, async (shape) => {
      fc.pre(shape.n > 8); // the fewer samples, the more the diagonals weigh; the planner's f64 for outliers is another test
      const { x, y } = related(shape);
      const layers = [x, y].map(roundToFloat32).map((features) => ({ features, gram: gram(features, linear()) }));
      const result = await askAll(
        layers.map(({ features }) => features),
        { space: "feature", precision: "f32" },
        "f32",
      );
      expectTwins(result, layers, linear(), "f32");
    }),
    { seed: 98, numRuns: 20 },
  );
});
