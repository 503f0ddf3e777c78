import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compare, GramMatrix } from "../../lib/index.ts";
import { map } from "../twin/features.ts";
import { gram } from "../twin/gram.ts";
import { askAll, kernels, represent } from "./ask.ts";
import { unitRoundoff } from "./error-bound.ts";
import { marginsOf } from "./error-bound.ts";
import { related, shapes } from "./scenario.ts";

const metrics = ["ka", "cka.biased", "cka.debiased", "hsic.biased", "hsic.debiased"];

describe("a precomputed Gram matrix against the kernel that made it", () => {
  it.each(Object.entries(kernels))("%s", async (_, kernel) => {
    await fc.assert(
      fc.asyncProperty(shapes, async (shape) => {
        const { x, y } = related(shape);
        fc.pre(kernel.kind !== "cosine" || (x.d > 1 && y.d > 1));
        const k = gram(x, kernel);
        const l = gram(y, kernel);
        const made = [k, l].map((matrix, i) => GramMatrix.fromArray(matrix.toNumbers(), x.n, { name: `gram ${i}` }));
        const fromKernel = await askAll([x, y], { kernel });
        const fromGram = await compare(made, undefined, { metrics });
        // A mixed comparison: one side made here, the other by the engine.
        const mixed = await compare(made, [represent(x, "x"), represent(y, "y")], { metrics, kernel });
        const [a, b] = [marginsOf(k), marginsOf(l)];
        // Entries of a Gram matrix are rounded once, at u·|K|: what is left after centring is off by that much of it.
        const lost = Math.max(a.plain / a.debiased, b.plain / b.debiased);
        for (const metric of metrics) {
          for (const [i, j] of [
            [0, 0],
            [0, 1],
            [1, 1],
          ] as const) {
            const expected = fromKernel.get(metric, i, j);
            if (expected.status !== "ok") continue;
            const self = Math.sqrt(fromKernel.get(metric, i, i).value * fromKernel.get(metric, j, j).value);
            const tolerance = 50 * unitRoundoff.f64 * lost ** 2 * Math.max(self, Math.abs(expected.value));
            expect(Math.abs(fromGram.get(metric, i, j).value - expected.value)).toBeLessThanOrEqual(tolerance);
            expect(Math.abs(mixed.get(metric, i, j).value - expected.value)).toBeLessThanOrEqual(tolerance);
          }
        }
      }),
      { seed: 77, numRuns: 12 },
    );
  });

  it("asks nothing of the kernel option", async () => {
    const { x, y } = related({ n: 12, dx: 3, dy: 4, seed: 5 });
    const made = [x, y].map((z, i) =>
      GramMatrix.fromArray(gram(z, { kind: "linear" }).toNumbers(), 12, { name: `gram ${i}` }),
    );
    const plain = await compare(made, undefined, { metrics });
    const asked = await compare(made, undefined, { metrics, kernel: { kind: "rbf", bandwidth: 1 } });
    expect(asked.get("cka.biased", 0, 1)).toEqual(plain.get("cka.biased", 0, 1));
  });

  it("with entries far from zero keeps what f64 leaves of them", async () => {
    const { x, y } = related({ n: 30, dx: 5, dy: 4, seed: 6 });
    const far = [x, y].map((z) => map(z, (v) => v + 1e4));
    const made = far.map((z, i) =>
      GramMatrix.fromArray(gram(z, { kind: "linear" }).toNumbers(), 30, { name: `gram ${i}` }),
    );
    const fromGram = await compare(made, undefined, { metrics });
    const fromFeatures = await askAll(far, {});
    // Entries of 5e8 are rounded to 6e-8; what centring leaves is of size 10, so some 1e-8 of it is noise.
    for (const metric of ["cka.biased", "cka.debiased"]) {
      expect(Math.abs(fromGram.get(metric, 0, 1).value - fromFeatures.get(metric, 0, 1).value)).toBeLessThan(1e-6);
    }
  });
});
