import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { roundToFloat32 } from "../twin/features.ts";
import { gram } from "../twin/gram.ts";
import { expectTwins } from "./agreement.ts";
import { askAll, kernels } from "./ask.ts";
import { hardships, related, shapes } from "./scenario.ts";

// Fixed seeds: a failure is the same failure everywhere. fast-check shrinks to the smallest shape and prints it.
const runs = { seed: 20250214, numRuns: 10 };

describe.each(Object.entries(hardships))("the engine against the twins, %s", (_, hardship) => {
  it.each(Object.entries(kernels))("%s", async (_kernelName, kernel) => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(shapes, fc.integer({ min: 1, max: 40 }), async (shape, block) => {
        const { x, y } = hardship(related(shape), shape.seed);
        // The same rounded features for f32 and f64, so that one pair of twins serves both.
        const layers = [x, y].map(roundToFloat32).map((features) => ({ features, gram: gram(features, kernel) }));
        const given = layers.map(({ features }) => features);
        const f64 = await askAll(given, { kernel, precision: "f64", space: "gram", block });
        compared += expectTwins(f64, layers, kernel, "f64");
        const f32 = await askAll(given, { kernel, precision: "f32", space: "gram", block }, "f32");
        compared += expectTwins(f32, layers, kernel, "f32");
        if (kernel.kind === "linear" || kernel.kind === "cosine") {
          const feature = await askAll(given, { kernel, precision: "f64", space: "feature", block });
          compared += expectTwins(feature, layers, kernel, "f64");
        }
      }),
      runs,
    );
    // 4 pairs × 5 metrics × 2 precisions a run, were everything defined.
    expect(compared).toBeGreaterThan(20 * runs.numRuns);
  });
});
