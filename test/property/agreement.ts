import assert from "node:assert/strict";
import type { Comparison, Kernel } from "../../lib/index.ts";
import { cka, debiasedCka, ka } from "../twin/alignment.ts";
import { toNumber } from "../twin/double-double.ts";
import type { Features } from "../twin/features.ts";
import { biasedHsic, unbiasedHsic } from "../twin/hsic.ts";
import type { Matrix } from "../twin/matrix.ts";
import { expectWithin } from "./expect-within.ts";
import { type ErrorBound, errorBound, type Margins, marginsOf, unitRoundoff } from "./error-bound.ts";

interface Side {
  readonly gram: Matrix;
  readonly bound: ErrorBound;
  readonly margins: Margins;
}

/**
 * How many unit roundoffs an inner product of a few dozen products gathers, and then the kernel's map and the sums after it. Sums of d
 * terms err by at most d·u and by √d·u as a rule; d is below 150 here, and the most seen in thousands of runs was 35. Much more would
 * hide a wrong rule: raw features, diagonals in the stack or an unconditioned exponential cost hundreds.
 */
const roundings = 64;

/** How far ⟨A, B⟩ may be off, where of A and B the norms `keptA` and `keptB` are left after centring. */
function absolute(a: Side, b: Side, keptA: number, keptB: number, u: number): number {
  const entries = a.bound.entries * keptB + keptA * b.bound.entries + a.bound.entries * b.bound.entries;
  const sums = u * a.bound.size * b.bound.size;
  // Whatever is exact in the tiles, diagonals and the last formulas are f64.
  const last = unitRoundoff.f64 * keptA * keptB;
  return roundings * (entries + sums + last);
}

/** Holds every number of a comparison of these layers to the twins. Returns how many numbers were compared. */
export function expectTwins(
  result: Comparison,
  layers: readonly { readonly features: Features; readonly gram: Matrix }[],
  kernel: Kernel,
  precision: "f32" | "f64",
): number {
  const u = unitRoundoff[precision];
  const sides = layers.map(({ features, gram }) => ({
    gram,
    bound: errorBound(features, kernel, gram, u, result.plan.space === "feature" ? "feature" : "gram"),
    margins: marginsOf(gram),
  }));
  let compared = 0;
  sides.forEach((a, i) => {
    sides.forEach((b, j) => {
      const n = a.gram.n;
      const [m, w] = [a.margins, b.margins];
      const plain = absolute(a, b, m.plain, w.plain, u);
      const centred = absolute(a, b, m.centred, w.centred, u);
      const debiased = absolute(a, b, m.debiased, w.debiased, u);
      // A ratio moves by its self-terms' errors as well as its own.
      const ratio = (cross: number, keptA: number, keptB: number): number =>
        cross / (keptA * keptB) +
        absolute(a, a, keptA, keptA, u) / keptA ** 2 +
        absolute(b, b, keptB, keptB, u) / keptB ** 2;
      const rows: [string, number, number][] = [
        ["ka", ka(a.gram, b.gram), ratio(plain, m.plain, w.plain)],
        ["cka.biased", cka(a.gram, b.gram), ratio(centred, m.centred, w.centred)],
        ["hsic.biased", toNumber(biasedHsic(a.gram, b.gram)), centred / (n - 1) ** 2],
        ["cka.debiased", debiasedCka(a.gram, b.gram), ratio(debiased, m.debiased, w.debiased)],
        ["hsic.debiased", toNumber(unbiasedHsic(a.gram, b.gram)), debiased / (n * (n - 3))],
      ];
      for (const [metric, expected, tolerance] of rows) {
        const cell = result.get(metric, i, j);
        const what = `${metric} of ${i} and ${j}, ${precision} in ${result.plan.space} space`;
        if (cell.status === "ok" && !(Number.isNaN(expected) && !(tolerance <= 1e-3))) {
          expectWithin(cell.value, expected, tolerance, what);
          compared += 1;
        } else if (cell.status !== "ok") {
          // Only where nothing is left to divide by may the engine decline.
          const hopeless = Number.isNaN(expected) || !(tolerance <= 1e-3);
          assert.ok(hopeless, `${what} should be ${expected} but is undefined: ${cell.reason}`);
        }
      }
    });
  });
  return compared;
}
