import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compare, cosine, laplacian, linear, metrics, rbf } from "../../lib/index.ts";
import { represent } from "../property/ask.ts";
import { hardships, related, shapes } from "../property/scenario.ts";

// Traps: correlations and CKA above 1, squared distances below 0; an assertion in f32 that then ends the run.
const requests = metrics
  .list()
  .flatMap(({ id, variants }) => (variants.length === 0 ? [id] : variants.map((variant) => `${id}.${variant}`)));
const entries = new Map(metrics.list().map((entry) => [entry.id, entry]));

// Unbiased estimates may leave the range of what they estimate, ratios of them too.
const unbiased = new Set(["debiased", "unbiased", "minibatch"]);

describe.each(Object.keys(hardships))("%s", (hardship) => {
  it.each([
    ["f64", 1e-12],
    ["f32", 1e-5],
  ] as const)("%s", async (precision, rounding) => {
    await fc.assert(
      fc.asyncProperty(shapes, async (shape) => {
        const { x, y } = hardships[hardship]!(related(shape), shape.seed);
        const layers = [represent(x, "x"), represent(y, "y"), represent(x, "copy")];
        const options = { metrics: requests, kernel: [linear(), cosine(), rbf(), laplacian()], precision, batch: 5 };
        const { matrices } = await compare(layers, undefined, options);
        const wrong = matrices.flatMap(({ key, metric, variant, values }) => {
          const { range, sense, cost } = entries.get(metric)!;
          if (unbiased.has(variant ?? "")) return [];
          const [low, high] = [range[0] ?? -Infinity, range[1] ?? Infinity];
          // Ratios may end a rounding beyond, those of singular values (roots of eigenvalues) the root of one; distances do not fall
          // below 0 at all. What has the features' units may be a rounding of these.
          const slack = cost === "pair" ? Math.sqrt(rounding) : rounding;
          const below = sense === "distance" ? 0 : Number.isFinite(high) ? slack : Infinity;
          return Array.from(values).flatMap((value, k) =>
            value < low - below || value > high + slack ? [{ key, k, value }] : [],
          );
        });
        expect(wrong).toEqual([]);
      }),
      { seed: 27, numRuns: 8 },
    );
  });
});
