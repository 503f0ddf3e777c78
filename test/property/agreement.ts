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
 * How many unit roundoffs an inner product of a few dozen products gathers, and then the kernel's map and the sums after it. Sums of d terms
 * err by at most d·u and by √d·u as a rule; d is below 100 here. Ten times the largest seen would hide nothing: a wrong rule (raw
 * features, diagonals in the stack, no conditioning) costs hundreds.
 */
const roundings = 12;

/** Relative error to expect of ⟨A, B⟩ where of A and B only `keptA` and `keptB` are left after centring. */
function relative(a: Side, b: Side, keptA: number, keptB: number, u: number): number {
  // Entries that are off, first order, and what the sum of products itself rounds.
  const first = u * (a.bound.entries / keptA + b.bound.entries / keptB);
  const sum = u * (a.bound.size / keptA) * (b.bound.size / keptB);
  return roundings * (first + first ** 2 + sum);
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
    bound: errorBound(features, kernel, gram, u),
    margins: marginsOf(gram),
  }));
  let compared = 0;
  sides.forEach((a, i) => {
    sides.forEach((b, j) => {
      const errors = {
        plain: relative(a, b, a.margins.plain, b.margins.plain, u) + roundings * unitRoundoff.f64,
        centred: relative(a, b, a.margins.centred, b.margins.centred, u),
        debiased: relative(a, b, a.margins.debiased, b.margins.debiased, u),
      };
      const n = a.gram.n;
      const rows: [string, number, number][] = [
        ["ka", ka(a.gram, b.gram), errors.plain],
        ["cka.biased", cka(a.gram, b.gram), errors.centred],
        [
          "hsic.biased",
          toNumber(biasedHsic(a.gram, b.gram)),
          (errors.centred * a.margins.centred * b.margins.centred) / (n - 1) ** 2,
        ],
        ["cka.debiased", debiasedCka(a.gram, b.gram), errors.debiased],
        [
          "hsic.debiased",
          toNumber(unbiasedHsic(a.gram, b.gram)),
          (errors.debiased * a.margins.debiased * b.margins.debiased) / (n * (n - 3)),
        ],
      ];
      for (const [metric, expected, tolerance] of rows) {
        const cell = result.get(metric, i, j);
        const what = `${metric} of ${i} and ${j}`;
        if (cell.status === "ok" && !(Number.isNaN(expected) && tolerance > 1e-3)) {
          // A ratio moves by its self-terms' errors too.
          expectWithin(cell.value, expected, metric.startsWith("hsic") ? tolerance : 2 * tolerance, what);
          compared += 1;
        } else if (cell.status !== "ok") {
          // Only where nothing is left to divide by may the engine decline.
          const hopeless = Number.isNaN(expected) || tolerance > 1e-3;
          assert.ok(hopeless, `${what} should be ${expected} but is undefined: ${cell.reason}`);
        }
      }
    });
  });
  return compared;
}
