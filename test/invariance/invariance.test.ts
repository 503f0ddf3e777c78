// What each metric does not see, measured on either layer by itself, and held against what the catalogue prints.
import { describe, expect, it } from "vitest";

import { compare, type Kernel, metrics, rbf } from "../../lib/index.ts";
import type { Invariances } from "../../lib/metrics/metric.ts";
import { represent } from "../property/ask.ts";
import { map } from "../twin/features.ts";
import { type Change, changes, largestMoves, type Measures, type Pair, samplePair } from "./measure.ts";

const entries = metrics.list();

/** Every metric, in its default variant, with its default parameters; and its default kernel, if no other is asked for. */
const measureUnder =
  (kernel?: Kernel) =>
  async ({ a, b }: Pair): Promise<Measures> => {
    const result = await compare([represent(a, "a")], [represent(b, "b")], {
      metrics: entries.map(({ id }) => id),
      precision: "f64",
      ...(kernel === undefined ? {} : { kernel }),
    });
    return new Map(result.matrices.map(({ metric, values }) => [metric, values[0]!]));
  };

const ordinary = samplePair(40, 6, 6, 2024);
const small = (x: Pair["a"]): Pair["a"] => map(x, (value) => 0.05 * value);

/**
 * Layers of one width, which some metrics ask for; more samples than both widths together, so that no two column spaces meet by counting
 * alone; and small enough for KMI of linear kernels to exist before and after every change (ν²·λ_max(K̃₁K̃₂) has to be below 1).
 */
const pair: Pair = { a: small(ordinary.a), b: small(ordinary.b) };

const seeds = [1, 2, 3];

// f64 work on 40 samples, through square roots of eigenvalues that are a thousand times smaller than the largest, stays below 1e-12.
const rounding = 1e-10;
// A step of a measure that counts is 1 in 400; the smallest change of all that is no invariance here is one of 2.5%.
const visible = 1e-2;

const fields: Readonly<Record<Change, keyof Invariances>> = {
  translation: "translation",
  "isotropic scale": "scale",
  rotation: "rotation",
  "invertible linear map": "linear",
  "permutation of samples": "permutation",
  "feature duplication": "duplication",
};

describe.each(Object.keys(changes) as Change[])("%s", async (change) => {
  const onA = await largestMoves(measureUnder(), pair, change, "a", seeds);
  const onB = await largestMoves(measureUnder(), pair, change, "b", seeds);

  it.each(entries.map((entry) => [entry.id, entry] as const))("%s", (id, { invariances, symmetric }) => {
    const moves = [onA.get(id)!, onB.get(id)!];
    // Nothing between: it is rounding, or one sees it. (NaN, for a metric that the pair does not have, is neither.)
    expect(moves.filter((move) => !(move <= rounding || move >= visible))).toEqual([]);
    const unmoved = moves.filter((move) => move <= rounding).length;
    expect({ unmoved, invariant: unmoved === 2 }).toEqual({ unmoved, invariant: invariances[fields[change]] });
    // What is invariant on one side alone is directed.
    if (symmetric) expect(unmoved).not.toBe(1);
  });
});

describe("with the RBF kernel of the median bandwidth, the independence measures have no units", async () => {
  const independence = entries.filter(({ family }) => family === "independence").map(({ id }) => id);
  const distances: readonly Change[] = ["translation", "isotropic scale", "rotation", "feature duplication"];
  const aMap = "invertible linear map" as const;

  it("and exist at every scale, KMI among them: ν²·λ_max(K̃₁K̃₂) is below 1 where no K(x,x) is above 1", async () => {
    for (const factor of [1e-6, 1, 1e6]) {
      const scaled: Pair = { a: map(ordinary.a, (v) => factor * v), b: ordinary.b };
      const found = await measureUnder(rbf())(scaled);
      expect(independence.filter((id) => !Number.isFinite(found.get(id)))).toEqual([]);
    }
  });

  it.each([...distances, aMap] as const)("%s", async (change) => {
    for (const side of ["a", "b"] as const) {
      const moves = await largestMoves(measureUnder(rbf()), ordinary, change, side, seeds);
      const wrong = independence.filter((id) => {
        const move = moves.get(id)!;
        // KCC is close to 1 here, so it cannot move far: a ten-thousandth is still a million roundings.
        return change === aMap ? !(move >= 1e-4) : !(move <= rounding);
      });
      expect({ side, wrong }).toEqual({ side, wrong: [] });
    }
  });
});
