import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { SystemError } from "../lib/errors.ts";
import { makePlan, type PlanRequest } from "../lib/plan.ts";

/** All pairs of L layers of width d under the linear kernel. */
function request(samples: number, layers: number, features: number, more: Partial<PlanRequest> = {}): PlanRequest {
  const widths = Array.from({ length: layers }, () => features);
  const pairs = widths.flatMap((_, a) => widths.slice(a).flatMap((__, k) => [a, a + k]));
  return {
    samples,
    groups: [widths],
    sources: widths,
    pairs: Uint32Array.from(pairs),
    neighbours: null,
    held: 0,
    linear: true,
    exponential: false,
    outliers: false,
    estimators: new Set(["biased"]),
    inputs: "f32",
    precision: "auto",
    space: "auto",
    block: null,
    batch: 256,
    threads: 2,
    memoryLimit: Infinity,
    instructionSet: "avx2",
    ...more,
  };
}

const sizes = fc.record({
  samples: fc.integer({ min: 1, max: 20_000 }),
  layers: fc.integer({ min: 1, max: 60 }),
  features: fc.integer({ min: 1, max: 4096 }),
});

describe("the space", () => {
  it("is the cheaper one: Gram space as long as n < D²/(D + L²/2), D the sum of the widths", () => {
    fc.assert(
      fc.property(sizes, ({ samples, layers, features }) => {
        const total = layers * features;
        const crossing = total ** 2 / (total + layers ** 2 / 2);
        const { space } = makePlan(request(samples, layers, features));
        // At the crossing itself either will do.
        if (samples < 0.999 * crossing) expect(space).toBe("gram");
        if (samples > 1.001 * crossing) expect(space).toBe("feature");
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("is what the caller asks for, where it exists", () => {
    expect(makePlan(request(100, 3, 1000, { space: "feature" }))).toMatchObject({
      space: "feature",
      reason: "as asked",
    });
    expect(makePlan(request(100, 3, 10, { space: "feature", linear: false })).space).toBe("gram");
    expect(makePlan(request(100, 3, 10, { estimators: new Set(["minibatch"]) }))).toMatchObject({
      space: "minibatch",
      batch: 256,
    });
  });
});

describe("what decides the order of sums", () => {
  it("does not depend on the number of threads, with and without a limit on memory", () => {
    fc.assert(
      fc.property(
        sizes,
        fc.integer({ min: 2, max: 64 }),
        fc.double({ min: 1, max: 6, noNaN: true }),
        (size, threads, tightness) => {
          const { samples, layers, features } = size;
          // Between what the smallest tiles on one thread need and plenty.
          const least = makePlan(request(samples, layers, features, { block: 32, threads: 1 })).memory;
          for (const memoryLimit of [Infinity, least * tightness]) {
            const [one, many] = [1, threads].map((count) =>
              makePlan(request(samples, layers, features, { threads: count, memoryLimit })),
            );
            expect(many?.block).toBe(one?.block);
            expect([many?.space, many?.precision, many?.stack]).toEqual([one?.space, one?.precision, one?.stack]);
            expect(many?.memory).toBeLessThanOrEqual(memoryLimit);
          }
        },
      ),
      { seed: 2, numRuns: 300 },
    );
  });
});

describe("precision", () => {
  it("follows the inputs, and leaves f32 where far outliers would cost debiased estimates in feature space their digits", () => {
    expect(makePlan(request(500, 4, 20)).precision).toBe("f32");
    expect(makePlan(request(500, 4, 20, { inputs: "f64" })).precision).toBe("f64");
    const far = { outliers: true, estimators: new Set(["debiased"] as const), space: "feature" } as const;
    expect(makePlan(request(500, 4, 20, far)).precision).toBe("f64");
    expect(makePlan(request(500, 4, 20, { ...far, precision: "f32" })).precision).toBe("f32");
  });
});

it("a limit that nothing fits into is refused, with what would fit", () => {
  const plan = (): unknown => makePlan(request(1000, 10, 100, { memoryLimit: 1000 }));
  expect(plan).toThrow(SystemError);
  expect(plan).toThrow(/memoryLimit of at least \d+ bytes for 10 operators on 1000 samples but received 1000/);
});
