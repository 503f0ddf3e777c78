/** Lemma 2 and theorem 2 on random linear heads, where every class is known and its best member has a closed form. */
import { expect, test } from "vitest";

import {
  heads,
  linearStitchingRisk,
  nestedLowerBound,
  Representation,
  risk,
  riskGapBound,
  stitchers,
  stitchingRisk,
} from "../../lib/index.ts";
import { linearStitcherOf } from "./linear-stitcher-of.ts";
import { normal, uniform } from "../twin/random.ts";

const cases = 2_000;

function numbers(count: number, seed: number, scale = 1): Float64Array {
  const next = normal(seed);
  return Float64Array.from({ length: count }, () => scale * next());
}

function layer(n: number, d: number, seed: number, name: string): Representation {
  const data = numbers(n * d, seed);
  // Every third layer has twins for columns, every fourth dead ones.
  for (let k = 0; k < data.length; k += 1) {
    if (seed % 3 === 0 && (k % d) % 2 === 1) data[k] = data[k - 1]!;
    if (seed % 4 === 0 && k % d === 0) data[k] = 0;
  }
  return Representation.fromArray(data, [n, d], { name });
}

interface Case {
  readonly n: number;
  readonly d1: number;
  readonly d2: number;
  readonly t: number;
  readonly seed: number;
}

function drawn(seed: number): Case {
  const next = uniform(seed + 17);
  const integer = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return { n: integer(5, 40), d1: integer(1, 9), d2: integer(1, 9), t: integer(1, 5), seed };
}

test("lemma 2: the least risk of a linear stitcher is what the task-optimal one reaches, and no other is below it", async () => {
  for (let seed = 0; seed < cases; seed += 1) {
    const { n, d1, d2, t } = drawn(seed);
    const source = layer(n, d1, 3 * seed, "source");
    const targets = Representation.fromArray(numbers(n * t, 5 * seed + 1), [n, t]);
    const weights = numbers(t * d2, 7 * seed + 2);
    // Heads without full rank: a row that repeats the first.
    if (seed % 5 === 0 && t > 1) weights.copyWithin(d2, 0, d2);
    const bias = seed % 2 === 0 ? numbers(t, 11 * seed + 3) : null;
    const head = heads.linear({ weights, shape: [t, d2], ...(bias === null ? {} : { bias }) });
    const stitcherBias = seed % 4 < 2;
    const found = await linearStitchingRisk({ source, head, targets }, { bias: stitcherBias });
    // Two ways to the same number in f64; 1e-8 is what the lemma is held to.
    expect(Math.abs(found.measured - found.minimum), `seed ${seed}`).toBeLessThanOrEqual(1e-8 * (1 + found.minimum));
    expect(found.rank).toBeLessThanOrEqual(Math.min(t, d2));
    if (found.rank === t) expect(found.gap).toBe(0);
    // Others: a little beside the best, and far from it.
    for (const scale of [1e-3, 1]) {
      const map = found.stitcher.map()!;
      const other = linearStitcherOf(
        map.weights.map((value, k) => value + scale * numbers(map.weights.length, seed + 100)[k]!),
        map.bias,
        [d2, d1],
      );
      const { risk: stitched } = await stitchingRisk({ source, stitcher: other, head, targets });
      expect(stitched).toBeGreaterThanOrEqual(found.minimum * (1 - 1e-10));
    }
    // Lemma 3: linear heads of stitched features are linear heads of the features.
    // Where features interpolate the targets both are nothing but rounding, squared.
    if (found.sourceRisk > 1e-20) {
      const lower = nestedLowerBound({ stitched: found.measured, least: found.sourceRisk }, { assumeNested: true });
      expect(lower.refuted).toBe(false);
    }
  }
}, 240_000);

/** The best affine head of a layer, as a head, and its risk. */
async function bestHead(features: Representation, targets: Representation) {
  const fit = await stitchers.affine().fit(features, targets);
  const { weights, bias } = fit.map()!;
  const head = heads.linear({ weights, shape: [targets.features, features.features], bias: bias! });
  return { head, least: (await risk({ features, head, targets })).risk, fitted: fit.fitted.error };
}

test("theorem 2 and remark 6: the gap between the best risks is below the least bound over stitched pairs, both ways", async () => {
  for (let seed = 0; seed < cases; seed += 1) {
    const { n, d1, d2, t } = drawn(seed);
    const [first, second] = [layer(n, d1, 3 * seed + 1, "first"), layer(n, d2, 3 * seed + 2, "second")];
    const targets = Representation.fromArray(numbers(n * t, 5 * seed + 4), [n, t]);
    const [one, two] = [await bestHead(first, targets), await bestHead(second, targets)];
    // The fit's own error and the head when it is run.
    expect(one.least).toBeCloseTo(one.fitted, 9);
    const gap = async (
      [from, own]: [Representation, typeof one],
      [to, other]: [Representation, typeof two],
    ): Promise<number> => {
      const stitcher = await stitchers.affine().fit(from, to);
      const { constant } = await other.head.lipschitz();
      const stitched = await stitchingRisk({ source: from, stitcher, head: other.head, targets });
      const found = riskGapBound({
        from: own.least,
        to: other.least,
        pairs: [{ kappa: constant, misalignment: stitcher.fitted.error, stitchedRisk: stitched.risk }],
      });
      // All are sums of a few hundred products in f64.
      expect(found.slack).toBeGreaterThanOrEqual(-1e-9 * (1 + own.least));
      // Where features interpolate the targets both risks are nothing but rounding, squared.
      if (own.least > 1e-20) expect(found.refuted).toBe(false);
      return found.bound!;
    };
    const bounds = [await gap([first, one], [second, two]), await gap([second, two], [first, one])];
    expect(Math.abs(one.least - two.least)).toBeLessThanOrEqual(Math.max(...bounds) + 1e-9 * (1 + one.least));
  }
}, 240_000);

test("of several pairs the least bound counts, and a stitched risk below the network's own refutes the assumption", () => {
  const pairs = [
    { kappa: 3, misalignment: 1, stitchedRisk: 0.4 },
    { kappa: 1, misalignment: 0.04, stitchedRisk: 0.3 },
    { kappa: Infinity, misalignment: 0.01 },
  ];
  // 1·0.04 + 2·√(0.04·0.25) = 0.24; to the rounding of three operations.
  const gap = riskGapBound({ from: 0.5, to: 0.25, pairs });
  expect(gap.bound).toBeCloseTo(0.24, 14);
  expect(gap.pair).toBe(1);
  expect(gap.leastStitched).toBe(0.3);
  expect(gap.refuted).toBe(true);
  expect(riskGapBound({ from: 0.25, to: 0.25, pairs }).refuted).toBe(false);
  const none = riskGapBound({ from: 0.5, to: 0.25, pairs: [{ kappa: Infinity, misalignment: 1 }] });
  expect([none.bound, none.slack, none.pair]).toEqual([null, null, null]);
});
