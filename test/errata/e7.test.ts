// E7: in the proof of lemma 1 differences of products of bounded kernels are at most 2C_1C_2, not 4C_1C_2; the diagonal adds a bias, and
// three terms have to hold at once. The bias and the union are missing.
import { describe, expect, test } from "vitest";

import { concentrationInterval, rbf } from "../../lib/index.ts";
import { represent } from "../property/ask.ts";
import { gaussian, uniform } from "../twin/random.ts";

test("|k_1k_2 − k_1'k_2'| is at most 2C_1C_2, which is reached", () => {
  const next = uniform(1);
  const [c1, c2] = [3, 0.5];
  let most = 0;
  for (let draw = 0; draw < 100_000; draw += 1) {
    // Half of them at the ends of the range, where a bilinear function has its extremes.
    const within = (c: number): number => (next() < 0.5 ? Math.sign(next() - 0.5) * c : c * (2 * next() - 1));
    most = Math.max(most, Math.abs(within(c1) * within(c2) - within(c1) * within(c2)));
  }
  expect(most).toBe(2 * c1 * c2);
  expect(most).toBeLessThan(0.51 * 4 * c1 * c2);
});

/**
 * Four kinds of samples with their probabilities, the pair of letters (x_1, x_2), and kernels that are 1 between equal letters and
 * `other` between different ones: everything can be summed over all outcomes.
 */
const kinds = [
  { probability: 0.4, letters: [0, 0] },
  { probability: 0.1, letters: [0, 1] },
  { probability: 0.2, letters: [1, 0] },
  { probability: 0.3, letters: [1, 1] },
] as const;
const other = [-0.5, 0.1] as const;
const kernel = (q: 0 | 1, a: number, b: number): number =>
  kinds[a]!.letters[q] === kinds[b]!.letters[q] ? 1 : other[q];

/** Σ_ab w_a·w_b·k_p(a,b)·k_q(a,b). */
function pairing(weights: readonly number[], p: 0 | 1, q: 0 | 1): number {
  let sum = 0;
  for (const [a, wa] of weights.entries()) {
    for (const [b, wb] of weights.entries()) sum += wa * wb * kernel(p, a, b) * kernel(q, a, b);
  }
  return sum;
}

const terms = [
  [0, 1],
  [0, 0],
  [1, 1],
] as const;
const population = kinds.map(({ probability }) => probability);

/** All ways in which n samples can fall on the four kinds, with their probabilities. */
function outcomes(n: number): { readonly weights: readonly number[]; readonly probability: number }[] {
  const factorial = (m: number): number => (m <= 1 ? 1 : m * factorial(m - 1));
  const found: { weights: readonly number[]; probability: number }[] = [];
  const fill = (counts: readonly number[]): void => {
    const left = n - counts.reduce((sum, count) => sum + count, 0);
    if (counts.length < kinds.length - 1) {
      for (let count = 0; count <= left; count += 1) fill([...counts, count]);
      return;
    }
    const all = [...counts, left];
    found.push({
      weights: all.map((count) => count / n),
      probability: all.reduce((p, count, k) => (p * population[k]! ** count) / factorial(count), factorial(n)),
    });
  };
  fill([]);
  return found;
}

describe.each([4, 8, 12])("of %i samples, summed over all outcomes", (n) => {
  const all = outcomes(n);

  test("⟨K_a,K_b⟩/n² has a bias, which the term 2C_ab/n covers", () => {
    expect(all.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12);
    for (const [p, q] of terms) {
      const expected = all.reduce((sum, { weights, probability }) => sum + probability * pairing(weights, p, q), 0);
      const bias = expected - pairing(population, p, q);
      // (E k_ak_b(x, x) − E k_ak_b(x, x'))/n, the diagonal's part.
      expect(bias).toBeCloseTo((1 - pairing(population, p, q)) / n, 12);
      expect(bias).toBeGreaterThan(0.1 / n);
      expect(bias).toBeLessThanOrEqual(2 / n);
    }
  });

  test("three terms that fail with probability δ each fail together with more than δ", () => {
    const misses = (which: readonly (readonly [0 | 1, 0 | 1])[], epsilons: readonly number[]): number =>
      all
        .filter(({ weights }) =>
          which.some(([p, q], k) => Math.abs(pairing(weights, p, q) - pairing(population, p, q)) > epsilons[k]!),
        )
        .reduce((sum, { probability }) => sum + probability, 0);
    // For each term the ε that it misses with some probability of at most 0.2.
    const epsilons = terms.map((term) => {
      const [p, q] = term;
      const deviations = all.map(({ weights }) => Math.abs(pairing(weights, p, q) - pairing(population, p, q)));
      return deviations.toSorted((a, b) => a - b).find((epsilon) => misses([term], [epsilon]) <= 0.2)!;
    });
    const alone = terms.map((term, k) => misses([term], [epsilons[k]!]));
    const together = misses(terms, epsilons);
    expect(together).toBeGreaterThan(1.1 * Math.max(...alone));
    expect(together).toBeLessThanOrEqual(alone.reduce((sum, p) => sum + p, 0) + 1e-12);
  });

  test("and the deviation with all three put right is kept to", () => {
    const delta = 0.1;
    const epsilon = Math.sqrt((8 / n) * Math.log(6 / delta)) + 2 / n;
    const missed = all
      .filter(({ weights }) =>
        terms.some(([p, q]) => Math.abs(pairing(weights, p, q) - pairing(population, p, q)) > epsilon),
      )
      .reduce((sum, { probability }) => sum + probability, 0);
    expect(missed).toBeLessThanOrEqual(delta);
  });
});

test("gramian's explicit interval has all three, its printed one none", async () => {
  const [x, y] = [gaussian(30, 2, 1), gaussian(30, 2, 2)];
  const found = await concentrationInterval(represent(x, "x"), represent(y, "y"), { kernel: rbf(), delta: 0.1 });
  expect(found.explicit.deviation).toBeCloseTo(Math.sqrt((8 / 30) * Math.log(60)) + 2 / 30, 14);
  expect(found.printed.halfWidth).toBeCloseTo(Math.sqrt((32 / 30) * Math.log(20)), 14);
});
