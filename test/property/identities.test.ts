import * as fc from "fast-check";
import { describe, it } from "vitest";
import { cka, GramMatrix, hsic, ka, type Kernel, rbf } from "../../lib/index.ts";
import { centre } from "../twin/centring.ts";
import { add, dd, toNumber } from "../twin/double-double.ts";
import { type Features, at } from "../twin/features.ts";
import { gram } from "../twin/gram.ts";
import { unbiasedHsicOfFeatures } from "../twin/hsic.ts";
import { Matrix } from "../twin/matrix.ts";
import { normal } from "../twin/random.ts";
import { kernels, represent } from "./ask.ts";
import { definedValue, expectWithin } from "./expect-within.ts";
import { related, shapes } from "./scenario.ts";

const runs = { seed: 1412, numRuns: 25 };

// Both sides of an identity are f64 sums of a few thousand terms, over data whose condition is ordinary (no offsets, no outliers).
const rounding = 1e-11;

function expectClose(actual: number, expected: number, scale = Math.abs(expected)): void {
  expectWithin(actual, expected, rounding * scale);
}

/** ‖XᵀY‖² */
function squaredCrossNorm(x: Features, y: Features): number {
  let sum = 0;
  for (let p = 0; p < x.d; p++) {
    for (let q = 0; q < y.d; q++) {
      let cross = 0;
      for (let i = 0; i < x.n; i++) cross += at(x, i, p) * at(y, i, q);
      sum += cross ** 2;
    }
  }
  return sum;
}

function asGram(k: Matrix, name: string): GramMatrix {
  return GramMatrix.fromArray(k.toNumbers(), k.n, { name });
}

describe("identities of kernel alignment, on random shapes", () => {
  it("KA of linear kernels is ‖Σ_12‖²/(‖Σ_11‖‖Σ_22‖), nothing centred (Insulla et al. 2025, equation 1)", async () => {
    await fc.assert(
      fc.asyncProperty(shapes, async (shape) => {
        const { x, y } = related(shape);
        const expected = squaredCrossNorm(x, y) / Math.sqrt(squaredCrossNorm(x, x) * squaredCrossNorm(y, y));
        for (const space of ["gram", "feature"] as const) {
          expectClose(await definedValue(ka(represent(x, "x"), represent(y, "y"), { space })), expected);
        }
      }),
      runs,
    );
  });

  it.each(Object.entries(kernels))("CKA is the KA of HK_1H and HK_2H: %s", async (_, kernel) => {
    await fc.assert(
      fc.asyncProperty(shapes, async (shape) => {
        const { x, y } = related(shape);
        fc.pre(kernel.kind !== "cosine" || (x.d > 1 && y.d > 1)); // in one dimension a direction is a sign, perhaps the same for all
        const centred = await ka(asGram(centre(gram(x, kernel)), "x"), asGram(centre(gram(y, kernel)), "y"));
        expectClose(await definedValue(cka(represent(x, "x"), represent(y, "y"), { kernel })), centred.value, 1);
      }),
      { ...runs, numRuns: 10 },
    );
  });

  it("CKA is HSIC_12/√(HSIC_11·HSIC_22), whatever the normalisation, biased and debiased", async () => {
    await fc.assert(
      fc.asyncProperty(shapes, fc.constantFrom<Kernel>(...Object.values(kernels)), async (shape, kernel) => {
        const { x, y } = related(shape);
        fc.pre(kernel.kind !== "cosine" || (x.d > 1 && y.d > 1));
        const [a, b] = [represent(x, "x"), represent(y, "y")];
        for (const options of [
          { kernel, estimator: "biased", normalization: "n-1" },
          { kernel, estimator: "biased", normalization: "n" },
          { kernel, estimator: "debiased" },
        ] as const) {
          const cross = await definedValue(hsic(a, b, options));
          const self = Math.sqrt((await definedValue(hsic(a, a, options))) * (await definedValue(hsic(b, b, options))));
          const { status, value: ratio } = await cka(a, b, options);
          if (status === "ok") expectClose(ratio, cross / self, 1);
        }
      }),
      runs,
    );
  });

  it("HSIC over n² is HSIC over (n−1)² times ((n−1)/n)², and ‖Σ_12‖² of centred linear features", async () => {
    await fc.assert(
      fc.asyncProperty(shapes, async (shape) => {
        const { x, y } = related(shape);
        const [a, b] = [represent(x, "x"), represent(y, "y")];
        const byN = await definedValue(hsic(a, b, { normalization: "n" }));
        const byN1 = await definedValue(hsic(a, b, { normalization: "n-1" }));
        expectClose(byN1 * ((x.n - 1) / x.n) ** 2, byN);
        const centred = (z: Features): Features => {
          const means = Array.from({ length: z.d }, (_, j) => {
            let sum = 0;
            for (let i = 0; i < z.n; i++) sum += at(z, i, j);
            return sum / z.n;
          });
          return { ...z, data: z.data.map((entry, k) => entry - (means[k % z.d] ?? NaN)) };
        };
        expectClose(byN, squaredCrossNorm(centred(x), centred(y)) / x.n ** 2);
      }),
      runs,
    );
  });

  it("the unbiased HSIC of linear kernels follows from the features alone, in both spaces", async () => {
    await fc.assert(
      fc.asyncProperty(shapes, async (shape) => {
        const { x, y } = related(shape);
        const expected = toNumber(unbiasedHsicOfFeatures(x, y));
        const scale = Math.sqrt(toNumber(unbiasedHsicOfFeatures(x, x)) * toNumber(unbiasedHsicOfFeatures(y, y)));
        // With few samples and many features the self-terms are small differences of the traces.
        const traces = Math.sqrt(squaredCrossNorm(x, x) * squaredCrossNorm(y, y)) / (x.n * (x.n - 3));
        for (const space of ["gram", "feature"] as const) {
          const cell = await hsic(represent(x, "x"), represent(y, "y"), { estimator: "debiased", space });
          expectClose(cell.value, expected, Math.max(scale, traces));
        }
      }),
      runs,
    );
  });

  it("centring annihilates a_i + a_j + c: HSIC and CKA of a Gram matrix do not see it, biased or debiased", async () => {
    await fc.assert(
      fc.asyncProperty(shapes, async (shape) => {
        const { x, y } = related(shape);
        const k = gram(x, rbf());
        const next = normal(shape.seed);
        const shifts = Array.from({ length: x.n }, () => next());
        const c = next();
        const shifted = Matrix.symmetric(x.n, (i, j) =>
          add(k.at(i, j), dd((shifts[i] ?? NaN) + (shifts[j] ?? NaN) + c)),
        );
        const l = represent(y, "y");
        for (const estimator of ["biased", "debiased"] as const) {
          const options = { kernel: rbf(), estimator };
          const plain = await hsic(asGram(k, "k"), l, options);
          const moved = await hsic(asGram(shifted, "k"), l, options);
          // The shifts are of size 1 as the kernel is, so little is lost to them.
          const scale = Math.sqrt(
            (await hsic(asGram(k, "k"), asGram(k, "k"), options)).value * (await hsic(l, l, options)).value,
          );
          expectClose(moved.value, plain.value, 10 * scale);
        }
      }),
      runs,
    );
  });
});
