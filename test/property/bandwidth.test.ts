import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { laplacian, linear, medianBandwidth, rbf } from "../../lib/index.ts";
import { type Features, map, roundToFloat32 } from "../twin/features.ts";
import { gram, medianDistance } from "../twin/gram.ts";
import { expectTwins } from "./agreement.ts";
import { askAll, represent } from "./ask.ts";
import { hardships, related, shapes } from "./scenario.ts";

// From kernels that see only the nearest pair to kernels that are flat to the tenth digit.
const scales = [0.1, 0.2, 0.5, 1, 3, 10, 100, 1000, 1e4, 1e5];

const runs = { seed: 404, numRuns: 6 };

describe.each(scales)("bandwidths of %d times the median", (medianScale) => {
  it.each([rbf({ medianScale }), laplacian({ medianScale })])(
    "$kind against the twins, f64 and f32",
    async (kernel) => {
      let compared = 0;
      await fc.assert(
        fc.asyncProperty(shapes, fc.constantFrom("none", "offset of 1e4", "duplicated rows"), async (shape, name) => {
          const { x, y } = (hardships[name] ?? ((same) => same))(related(shape), shape.seed);
          const layers = [x, y].map(roundToFloat32).map((features) => ({ features, gram: gram(features, kernel) }));
          const given = layers.map(({ features }) => features);
          compared += expectTwins(await askAll(given, { kernel, precision: "f64" }), layers, kernel, "f64");
          compared += expectTwins(await askAll(given, { kernel, precision: "f32" }, "f32"), layers, kernel, "f32");
        }),
        runs,
      );
      expect(compared).toBeGreaterThan(20 * runs.numRuns);
    },
  );
});

it("a number is a bandwidth too, and the same as its multiple of the median", async () => {
  await fc.assert(
    fc.asyncProperty(shapes, fc.constantFrom(0.3, 1, 50), async (shape, multiple) => {
      const { x } = related(shape);
      const y = map(x, (value, i) => value + Math.sin(3 * i));
      const sigma = multiple * medianDistance(x);
      const kernel = rbf({ bandwidth: sigma });
      const layers = [x, y].map((features) => ({ features, gram: gram(features, kernel) }));
      const result = await askAll([x, y], { kernel });
      expectTwins(result, layers, kernel, "f64");
      const byMedian = await askAll([x, x], { kernel: rbf({ medianScale: multiple }) });
      // σ may differ in its last bit, which moves HSIC by a few units of that.
      const [a, b] = [byMedian.get("hsic.biased", 0, 0).value, result.get("hsic.biased", 0, 0).value];
      expect(Math.abs(a / b - 1)).toBeLessThan(1e-12);
    }),
    { seed: 405, numRuns: 15 },
  );
});

it("as the bandwidth grows, CKA of the RBF kernel becomes that of the linear kernel", async () => {
  const { x, y } = related({ n: 30, dx: 6, dy: 5, seed: 3 });
  const reference = await askAll([x, y], { kernel: linear() });
  const previous = { biased: Infinity, debiased: Infinity };
  for (const medianScale of [10, 100, 1000, 1e4]) {
    const wide = await askAll([x, y], { kernel: rbf({ medianScale }) });
    for (const estimator of ["biased", "debiased"] as const) {
      const metric = `cka.${estimator}`;
      const distance = Math.abs(wide.get(metric, 0, 1).value - reference.get(metric, 0, 1).value);
      // The next term of the exponential is D²/4σ² of the first.
      expect(distance).toBeLessThan(2 / medianScale ** 2);
      expect(distance).toBeLessThan(previous[estimator]);
      previous[estimator] = distance;
    }
  }
});

describe("the median distance", () => {
  it("is that of the strict upper triangle, of random shapes and hardships", async () => {
    await fc.assert(
      fc.asyncProperty(shapes, fc.constantFrom(...Object.keys(hardships)), async (shape, name) => {
        const { x, y } = (hardships[name] ?? ((same) => same))(related(shape), shape.seed);
        for (const z of [x, y]) {
          const { distance, exact, rows } = await medianBandwidth(represent(z, "z"));
          const expected = medianDistance(z);
          // A distance is a root of a sum of d squares, or of norms less inner products: where rows are far from their mean against
          // the median (an outlier among few), some of its digits are theirs.
          expect(Math.abs(distance - expected)).toBeLessThanOrEqual(1e-12 * farthest(z));
          expect(exact).toBe(true);
          expect(rows).toBe(z.n);
        }
      }),
      { seed: 406, numRuns: 60 },
    );
  });

  it("that is 0 gives no bandwidth: the number is undefined and says so", async () => {
    // Six of eight rows are the same: 15 of 28 distances are 0.
    const x = map(related({ n: 8, dx: 3, dy: 1, seed: 4 }).x, (value, i) => (i < 6 ? 1 : value));
    expect((await medianBandwidth(represent(x, "x"))).distance).toBe(0);
    const result = await askAll([x, x], { kernel: rbf() });
    const { status, reason } = result.get("cka.biased", 0, 1);
    expect(status).toBe("undefined");
    expect(reason).toMatch(/median/i);
  });
});

function farthest(z: Features): number {
  const median = medianDistance(z);
  return Math.max(
    median,
    ...Array.from({ length: z.n }, (_, i) => {
      let sum = 0;
      for (let j = 0; j < z.d; j++) {
        let mean = 0;
        for (let k = 0; k < z.n; k++) mean += (z.data[k * z.d + j] ?? NaN) / z.n;
        sum += ((z.data[i * z.d + j] ?? NaN) - mean) ** 2;
      }
      return Math.sqrt(sum);
    }),
  );
}
