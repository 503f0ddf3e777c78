// E5: a kernel's own predictor is E'[K(x,x')y']/√(E K²) with E y² = 1, and R ≤ 2(1 − A) without a further assumption; E K² without its root,
// and an assumption besides, are printed (section 6.1, remark 7).
import { expect, test } from "vitest";

import { linear, taskAlignment } from "../../lib/index.ts";
import { represent } from "../property/ask.ts";
import { frobenius, norm, scaled, times, timesTranspose } from "../twin/dense.ts";
import { type Features, at, features, map } from "../twin/features.ts";
import { gaussian } from "../twin/random.ts";

const n = 40;

/** R of h(x_i) = (1/n)·Σ_j K_ij·y_j / divisor, and A, for targets with mean square 1. */
function predictor(x: Features, y: Features, divisor: (meanSquare: number) => number): { risk: number; bound: number } {
  const k = timesTranspose(x, x);
  const h = scaled(times(k, y), 1 / n / divisor(norm(k) ** 2 / n ** 2));
  const alignment = frobenius(k, timesTranspose(y, y)) / (norm(k) * norm(y) ** 2);
  return { risk: norm(map(h, (value, i, j) => value - at(y, i, j))) ** 2 / n, bound: 2 * (1 - alignment) };
}

const meanSquareOne = (y: Features): Features => scaled(y, Math.sqrt(y.n) / norm(y));

test("a kernel c·yyᵀ is aligned to the full and predicts without a fault; divided by E K² it does not", async () => {
  const y = features(n, 1, (i) => (i % 3 === 0 ? -1 : 1));
  for (const c of [0.1, 4]) {
    const x = scaled(y, Math.sqrt(c));
    const right = predictor(x, y, Math.sqrt);
    expect(right.bound).toBeCloseTo(0, 12);
    expect(right.risk).toBeCloseTo(0, 12);
    const printed = predictor(x, y, (meanSquare) => meanSquare);
    // (1 − 1/c)², against a bound of 0.
    expect(Math.abs(printed.risk / (1 - 1 / c) ** 2 - 1)).toBeLessThan(1e-12);
    expect(printed.risk - printed.bound).toBeGreaterThan(0.5);
    const [found] = (await taskAlignment(represent(x, "x"), represent(y, "y"), { kernel: linear() })).layers;
    expect(found!.predictor!.risk).toBeCloseTo(0, 12);
  }
});

test("targets that are not scaled to mean square 1 break it as well", () => {
  const y = scaled(
    features(n, 1, (i) => (i % 2 === 0 ? -1 : 1)),
    3,
  );
  // A = 1 for x = y, and h is y·‖y‖²/n over ‖y‖²/n: a fault only in what the scale of y does to noise.
  const x = map(y, (value, i) => value + 3 * at(gaussian(n, 1, 1), i, 0));
  const { risk, bound } = predictor(x, y, Math.sqrt);
  expect(risk).toBeGreaterThan(bound);
  const fitting = predictor(x, meanSquareOne(y), Math.sqrt);
  expect(fitting.risk).toBeLessThanOrEqual(fitting.bound + 1e-12);
});

test("no sample has to be as well placed as another", async () => {
  // E'[K(x,x')²] differs between samples by a factor of 10⁸: what an assumption on it would exclude.
  for (let seed = 0; seed < 20; seed += 1) {
    const x = map(gaussian(n, 3, seed), (value, i) => value * 10 ** (i % 5));
    const y = meanSquareOne(gaussian(n, 1, seed + 100));
    const { risk, bound } = predictor(x, y, Math.sqrt);
    // Two sums around 1.
    expect(risk).toBeLessThanOrEqual(bound + 1e-12);
    const [found] = (await taskAlignment(represent(x, "x"), represent(y, "y"))).layers;
    expect(found!.predictor!.risk).toBeCloseTo(risk, 10);
    expect(found!.predictor!.bound).toBeCloseTo(bound, 10);
  }
});

test("for several targets the bound's alignment is over ‖Y‖², not over ‖YYᵀ‖ as kernel–target alignment has it", async () => {
  const y = meanSquareOne(features(n, 2, (i, j) => (i % 2 === j ? 1 : 0)));
  const { risk, bound } = predictor(y, y, Math.sqrt);
  expect(risk).toBeLessThanOrEqual(bound + 1e-12);
  const [found] = (await taskAlignment(represent(y, "y"), represent(y, "y"))).layers;
  // K = YYᵀ: the kernel–target alignment is 1, and h is Y/√2.
  expect(found!.kta.value).toBeCloseTo(1, 12);
  expect(risk).toBeCloseTo((1 - Math.SQRT1_2) ** 2, 12);
  expect(risk).toBeGreaterThan(2 * (1 - found!.kta.value) + 0.05);
  expect(found!.predictor!.bound).toBeCloseTo(bound, 12);
});
