import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  cka,
  type Estimator,
  hsic,
  ka,
  type Kernel,
  laplacian,
  linear,
  polynomial,
  rbf,
  cosine,
} from "../../lib/index.ts";
import { type Features, map, multiply, selectRows } from "../twin/features.ts";
import { gaussian, orthogonal, permutation, uniform } from "../twin/random.ts";
import { represent } from "./ask.ts";
import { definedValue, expectApart, expectWithin } from "./expect-within.ts";
import { related, shapes } from "./scenario.ts";

// Whatever a layer is subjected to is itself rounded: products of an orthogonal matrix, sums with a shift. A few dozen units of 1e-16
// of features of size 1, and debiased self-terms may be an n-th of the terms that they are made of.
const tolerance = 1e-10;

const runs = { seed: 31, numRuns: 12 };

type Change = (x: Features, seed: number) => Features;

const changes: Readonly<Record<string, Change>> = {
  rotation: (x, seed) => multiply(x, orthogonal(x.d, seed)),
  reflection: (x) => map(x, (value, _, j) => (j === 0 ? -value : value)),
  "order of features": (x, seed) => {
    const order = permutation(x.d, seed);
    return map(x, (_, i, j) => x.data[i * x.d + (order[j] ?? 0)] ?? NaN);
  },
  scale: (x, seed) => {
    const factor = 10 ** (12 * uniform(seed)() - 6);
    return map(x, (value) => value * factor);
  },
  translation: (x, seed) => {
    const shift = gaussian(1, x.d, seed);
    return map(x, (value, _, j) => value + 100 * (shift.data[j] ?? NaN));
  },
  "row lengths": (x, seed) => {
    const next = uniform(seed);
    const lengths = Array.from({ length: x.n }, () => 0.1 + 3 * next());
    return map(x, (value, i) => value * (lengths[i] ?? NaN));
  },
  "an invertible map": (x, seed) => {
    const skew = gaussian(x.d, x.d, seed);
    return map(
      multiply(x, skew),
      (value, i, j) => 0.3 * value + (j % 2 === 0 ? 3 : 0.1) * (x.data[i * x.d + j] ?? NaN),
    );
  },
};

const distances = ["rotation", "reflection", "order of features", "translation", "scale"];

/** What each kernel's CKA does not see; of everything else it must see something. The bandwidth is a median: it scales with the features. */
const blind: readonly [string, Kernel, readonly string[]][] = [
  ["linear", linear(), distances],
  ["RBF", rbf({ medianScale: 0.7 }), distances],
  ["Laplacian", laplacian(), distances],
  ["cosine", cosine(), ["rotation", "reflection", "order of features", "scale", "row lengths"]],
  [
    "homogeneous polynomial",
    polynomial({ degree: 2, offset: 0 }),
    ["rotation", "reflection", "order of features", "scale"],
  ],
  ["polynomial with an offset", polynomial({ degree: 2, offset: 1 }), ["rotation", "reflection", "order of features"]],
];

async function number(kernel: Kernel, estimator: Estimator, x: Features, y: Features): Promise<number> {
  return await definedValue(cka(represent(x, "x"), represent(y, "y"), { kernel, estimator }));
}

describe.each(blind)("CKA of the %s kernel", (_, kernel, invariant) => {
  it.each(Object.entries(changes))("%s", async (name, change) => {
    await fc.assert(
      fc.asyncProperty(shapes, fc.constantFrom<Estimator>("biased", "debiased"), async (shape, estimator) => {
        fc.pre(shape.n > 6 && shape.dx > 2 && shape.dy > 2);
        const { x, y } = related(shape);
        const before = await number(kernel, estimator, x, y);
        const after = await number(kernel, estimator, change(x, shape.seed + 9), y);
        // Declared sensitivity is verified as well: on no random data is the difference that small.
        const check = invariant.includes(name) ? expectWithin : expectApart;
        check(before, after, invariant.includes(name) ? tolerance : 100 * tolerance);
      }),
      runs,
    );
  });

  it("the order of the samples, the same on both sides", async () => {
    await fc.assert(
      fc.asyncProperty(shapes, fc.constantFrom<Estimator>("biased", "debiased"), async (shape, estimator) => {
        fc.pre(shape.n > 6 && shape.dx > 2 && shape.dy > 2);
        const { x, y } = related(shape);
        const order = permutation(shape.n, shape.seed);
        const before = await number(kernel, estimator, x, y);
        const after = await number(kernel, estimator, selectRows(x, order), selectRows(y, order));
        expect(Math.abs(before - after)).toBeLessThan(tolerance);
        // On one side only, samples no longer correspond.
        const oneSided = await number(kernel, estimator, selectRows(x, order), y);
        const moved = order.some((from, to) => from !== to);
        expect(moved).toBe(Math.abs(before - oneSided) > tolerance);
      }),
      runs,
    );
  });

  it("which of the two comes first", async () => {
    await fc.assert(
      fc.asyncProperty(shapes, async (shape) => {
        fc.pre(kernel.kind !== "cosine" || (shape.dx > 1 && shape.dy > 1));
        const { x, y } = related(shape);
        const [a, b] = [represent(x, "x"), represent(y, "y")];
        // Products commute, so this is the same to a bit or two of the last sums.
        const difference = (await cka(a, b, { kernel })).value - (await cka(b, a, { kernel })).value;
        expect(Math.abs(difference)).toBeLessThan(1e-14);
      }),
      runs,
    );
  });

  it("is 1 for a layer with itself and with a copy, biased and debiased", async () => {
    await fc.assert(
      fc.asyncProperty(shapes, fc.constantFrom<Estimator>("biased", "debiased"), async (shape, estimator) => {
        const { x } = related(shape);
        fc.pre(kernel.kind !== "cosine" || x.d > 1);
        const [a, copy] = [represent(x, "x"), represent(x, "copy")];
        for (const precision of ["f64", "f32"] as const) {
          for (const other of [a, copy]) {
            const { value, status } = await cka(a, other, { kernel, estimator, precision });
            // Few samples: nothing but rounding may be left of a debiased self-term in f32. Else the same sums stand on both sides of
            // the fraction, and only its square roots round.
            const declined = status === "undefined" && shape.n < 9;
            expectWithin(declined ? 1 : value, 1, 1e-14);
          }
        }
      }),
      runs,
    );
  });
});

it("HSIC of linear kernels scales with the squares of both scales, and KA sees a translation that CKA does not", async () => {
  await fc.assert(
    fc.asyncProperty(shapes, async (shape) => {
      const { x, y } = related(shape);
      const [a, b] = [represent(x, "x"), represent(y, "y")];
      for (const estimator of ["biased", "debiased"] as const) {
        const before = (await hsic(a, b, { estimator })).value;
        // Powers of two are exact, and so is everything after them.
        const after = await hsic(
          represent(
            map(x, (v) => v * 2 ** 40),
            "x",
          ),
          represent(
            map(y, (v) => v * 2 ** -70),
            "y",
          ),
          { estimator },
        );
        expect(Math.abs(after.value / before / 2 ** -60 - 1)).toBeLessThan(1e-15);
      }
      const moved = represent(
        map(x, (v) => v + 50),
        "moved",
      );
      expect(Math.abs((await ka(moved, b)).value - (await ka(a, b)).value)).toBeGreaterThan(1e-6);
      expect(Math.abs((await cka(moved, b)).value - (await cka(a, b)).value)).toBeLessThan(tolerance);
    }),
    runs,
  );
});
