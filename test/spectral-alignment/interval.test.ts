// The intervals of lemma 1: against the definition, against a population whose alignment is known, and their rate.
import { expect, test } from "vitest";

import {
  concentrationInterval,
  cosine,
  GramMatrix,
  ka,
  laplacian,
  linear,
  polynomial,
  rbf,
  Representation,
} from "../../lib/index.ts";
import { represent } from "../property/ask.ts";
import { explicitInterval, observedBound, printedDeviation } from "../twin/concentration.ts";
import { gram } from "../twin/gram.ts";
import { gaussian } from "../twin/random.ts";

test.each([
  ["RBF", rbf({ bandwidth: 3 }), false],
  ["Laplacian", laplacian({ bandwidth: 5 }), false],
  ["cosine", cosine(), false],
  ["linear", linear(), true],
])("both intervals are those of the definition under the %s kernel", async (_, kernel, plugIn) => {
  const [x, y] = [gaussian(40, 3, 1), gaussian(40, 2, 2)];
  const found = await concentrationInterval(represent(x, "x"), represent(y, "y"), { kernel, delta: 0.2 });
  const [k, l] = [gram(x, kernel), gram(y, kernel)];
  const bounds = plugIn ? ([observedBound(k), observedBound(l)] as const) : ([1, 1] as const);
  const [low, high] = explicitInterval(k, l, bounds, 0.2);
  expect(found.plugIn).toBe(plugIn);
  expect(found.bounds.map(({ value }) => value)).toEqual(bounds.map((bound) => expect.closeTo(bound, 12)));
  // Sums of 1,600 terms.
  expect(found.explicit.low).toBeCloseTo(low, 12);
  expect(found.explicit.high).toBeCloseTo(high, 12);
  expect(found.printed.halfWidth).toBeCloseTo(printedDeviation(40, 0.2), 14);
  expect(found.alignment).toEqual(await ka(represent(x, "x"), represent(y, "y"), { kernel, precision: "f64" }));
});

test("the interval around rows far from the origin keeps its digits, and the bound of a polynomial kernel holds", async () => {
  const x = represent({ ...gaussian(30, 2, 3), data: gaussian(30, 2, 3).data.map((value) => value + 1e4) }, "far");
  const kernel = polynomial({ degree: 2, gamma: 1e-8, offset: 0.5 });
  const { bounds, explicit, alignment } = await concentrationInterval(x, x, { kernel });
  const k = gram({ data: x.toFloat64Array(), n: 30, d: 2 }, kernel).toNumbers();
  expect(bounds[0]!.value).toBeGreaterThanOrEqual(k.reduce((most, value) => Math.max(most, Math.abs(value)), 0));
  expect(explicit.low).toBeLessThanOrEqual(alignment.value);
  expect(explicit.high).toBeGreaterThanOrEqual(alignment.value - 1e-12);
});

/**
 * x ~ N(0, 1) and 2x under RBF kernels of width 1: k_a·k_b = exp(−s(x − x')²), with x − x' ~ N(0, 2), has the mean 1/√(1 + 4s);
 * s is 1/2 + 4/2 for the pair, 1 and 4 for each with itself.
 */
const population = 11 ** -0.5 / Math.sqrt(5 ** -0.5 * 17 ** -0.5);

async function simulated(n: number, seed: number): Promise<Awaited<ReturnType<typeof concentrationInterval>>> {
  const x = gaussian(n, 1, seed);
  const doubled = { ...x, data: x.data.map((value) => 2 * value) };
  return await concentrationInterval(represent(x, "x"), represent(doubled, "2x"), {
    kernel: rbf({ bandwidth: 1 }),
    delta: 0.1,
  });
}

test("the explicit interval holds the alignment of the population, and the empirical one", async () => {
  for (const n of [30, 300, 3000]) {
    for (const seed of [1, 2, 3]) {
      const { alignment, explicit } = await simulated(n, seed);
      expect(explicit.low).toBeLessThanOrEqual(population);
      expect(explicit.high).toBeGreaterThanOrEqual(population);
      expect(explicit.low).toBeLessThanOrEqual(alignment.value);
      expect(explicit.high).toBeGreaterThanOrEqual(alignment.value);
    }
  }
}, 60_000);

test("widths shrink like n^−1/2", async () => {
  const [small, large] = [await simulated(1000, 1), await simulated(4000, 1)];
  expect(small.printed.halfWidth / large.printed.halfWidth).toBeCloseTo(2, 12);
  // The bias term 2/n shrinks faster: at n = 1000 it is 1.1 % of the whole.
  expect(small.explicit.deviation / large.explicit.deviation).toBeCloseTo(2, 1);
}, 60_000);

test("the interval does not depend on the scale of the features, at either end of f64", async () => {
  const [x, y] = [gaussian(400, 3, 1), gaussian(400, 3, 2)];
  const plain = (await concentrationInterval(represent(x, "x"), represent(y, "y"))).explicit;
  for (const scale of [2 ** -500, 2 ** -300, 2 ** 300, 2 ** 500]) {
    const scaled = { ...x, data: x.data.map((value) => value * scale) };
    const { explicit } = await concentrationInterval(represent(scaled, "x"), represent(y, "y"));
    // Powers of two: the same bits but for the order of a division.
    expect(explicit.low).toBeCloseTo(plain.low, 14);
    expect(explicit.high).toBeCloseTo(plain.high, 14);
  }
});

test("few samples leave [0, 1], and what has no alignment has no interval", async () => {
  const few = await simulated(5, 1);
  expect([few.explicit.low, few.explicit.high]).toEqual([0, 1]);
  const zeros = Representation.fromArray(new Float64Array(3), [3, 1], { name: "zeros" });
  const found = await concentrationInterval(zeros, zeros);
  expect(found.alignment.status).toBe("undefined");
  expect(found.explicit.low).toBeNaN();
  const own = GramMatrix.fromArray(Float64Array.of(2, 1, 1, 3), 2);
  expect((await concentrationInterval(own, own)).bounds[0]).toEqual({ value: 3, plugIn: true });
  await expect(concentrationInterval(own, own, { delta: 1 })).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
});
