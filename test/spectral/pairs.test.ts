import { expect, test } from "vitest";

import type { NativePairReading } from "../../lib/native.ts";
import { expectWithin } from "../property/expect-within.ts";
import { basis } from "../twin/canonical.ts";
import {
  crossProduct,
  leadingColumns,
  scaleColumns,
  times,
  transpose,
  identityLess,
  timesTranspose,
} from "../twin/dense.ts";
import { type Features, features } from "../twin/features.ts";
import { svd } from "../twin/jacobi.ts";
import { gaussian, orthogonal } from "../twin/random.ts";
import { logDeterminant } from "../twin/solve.ts";
import { matrixOf } from "./ask.ts";
import { basisMatrix, pairReadings } from "./pair.ts";

/** Orthonormal columns of random spaces in 70 dimensions; the last two share 5 directions, the last is wide. */
const samples = 70;
const shared = gaussian(samples, 5, 90);
const beside = (x: Features, y: Features): Features =>
  features(x.n, x.d + y.d, (i, j) => (j < x.d ? x.data[i * x.d + j] : y.data[i * y.d + j - x.d]) ?? NaN);
const spaces = [
  gaussian(samples, 6, 1),
  gaussian(samples, 1, 2),
  gaussian(samples, 30, 3),
  beside(shared, gaussian(samples, 10, 4)),
  beside(shared, gaussian(samples, 52, 5)),
];
const bases = spaces.map((x) => basis(x).u);
const ranks = bases.map(({ d }) => d);
const allPairs = bases.flatMap((_, a) => bases.map((__, b): [number, number] => [a, b]));
/** Falling over six decades, as square roots of eigenvalues do; fewer than the rank. */
const weights = bases.map(({ d }) =>
  Float64Array.from({ length: Math.max(1, d - 2) }, (_, k) => 30 * 10 ** ((-6 * k) / d)),
);
const loadings = spaces.map((x, l) => crossProduct(bases[l] ?? x, x));

/** M of the definition, and its decomposition by Jacobi rotations. */
function slow(a: number, b: number, weighted: boolean): ReturnType<typeof svd> & { m: Features } {
  const side = (l: number): Features => {
    const u = bases[l] ?? shared;
    const w = weights[l] ?? new Float64Array();
    return weighted ? scaleColumns(leadingColumns(u, w.length), w) : u;
  };
  const m = crossProduct(side(a), side(b));
  return { ...svd(m), m };
}

async function ask(dtype: "f64" | "f32", readings: NativePairReading[], threads = 1): Promise<Float64Array[]> {
  return await pairReadings(
    bases.map((u) => basisMatrix(u, dtype)),
    ranks,
    allPairs.flat(),
    readings,
    threads,
  );
}

const none = bases.map(() => null);

for (const dtype of ["f64", "f32"] as const) {
  for (const weighted of [false, true]) {
    const used = weighted ? weights : none;
    const what = `${weighted ? "weighted" : "plain"}, ${dtype}`;

    test(`singular values and the largest: ${what}`, async () => {
      const [values, largest] = await ask(dtype, [
        { what: "values", weights: used },
        { what: "largest", weights: used },
      ]);
      if (values === undefined || largest === undefined) throw new Error("a reading is missing");
      const width = values.length / allPairs.length;
      allPairs.forEach(([a, b], pair) => {
        const expected = slow(a, b, weighted).values;
        const [first = NaN] = expected;
        const found = values.subarray(pair * width, (pair + 1) * width);
        const total = expected.reduce((sum, value) => sum + value, 0);
        const sum = found.subarray(0, expected.length).reduce((all, value) => all + value, 0);
        // What the job promises of the sum; in f32 the bases themselves are rounded to 2^-24.
        // What singular_values.h allows before it takes a longer way.
        expectWithin(sum, total, (dtype === "f64" ? 1e-7 : 1e-5) * total, `nuclear norm of ${a}, ${b}`);
        expected.forEach((value, k) => {
          // Each by itself: through the Gram matrix a small one is good to the square root of the precision.
          expectWithin(found[k] ?? NaN, value, (dtype === "f64" ? 2 ** -25 : 1e-4) * first, `value ${k} of ${a}, ${b}`);
        });
        expect([...found.subarray(expected.length)].every(Number.isNaN)).toBe(true);
        expectWithin(largest[pair] ?? NaN, first, (dtype === "f64" ? 1e-13 : 1e-6) * first, `largest of ${a}, ${b}`);
      });
    });
  }

  test(`log-determinants, ${dtype}`, async () => {
    const damped = bases.map(({ d }) => Float64Array.from({ length: d }, (_, k) => 0.9 - 0.5 * (k / d)));
    const [plain, filtered] = await ask(dtype, [
      { what: "logdet", weights: none },
      { what: "logdet", weights: damped },
    ]);
    allPairs.forEach(([a, b], pair) => {
      const { values } = slow(a, b, false);
      // 1 to rounding wherever spaces share a direction; Gaussian ones of these sizes are further apart than 10⁻³.
      if ((values[0] ?? 0) > 1 - 1e-9) {
        expect(plain?.[pair]).toBe(Infinity);
      } else {
        const expected = -values.reduce((sum, value) => sum + Math.log1p(-value * value), 0) / 2;
        expectWithin(plain?.[pair] ?? NaN, expected, (dtype === "f64" ? 1e-11 : 1e-4) * expected, `${a}, ${b}`);
      }
      const side = (l: number): Features => scaleColumns(bases[l] ?? shared, damped[l] ?? []);
      const m = crossProduct(side(a), side(b));
      const expected = -logDeterminant(identityLess(timesTranspose(m, m))) / 2;
      // 1 − σ² is at least 0.19 here.
      expectWithin(filtered?.[pair] ?? NaN, expected, (dtype === "f64" ? 1e-12 : 1e-6) * (1 + expected), `${a}, ${b}`);
    });
  });

  test(`means weighted by loadings, ${dtype}`, async () => {
    const reading = { what: "weighted", weights: none, loadings: loadings.map((l) => matrixOf(l, dtype)) } as const;
    const [found] = await ask(dtype, [reading]);
    allPairs.forEach(([a, b], pair) => {
      const { u, v, values } = slow(a, b, false);
      // Where correlations are equal (all 1, or some) their vectors are not determined, and neither is the mean.
      if (a === b || (values[1] ?? 0) > 1 - 1e-9) return;
      for (const [side, q, l] of [
        [0, u, a],
        [1, v, b],
      ] as const) {
        const turned = times(transpose(leadingColumns(q, values.length)), loadings[l] ?? shared);
        let sum = 0;
        let weight = 0;
        values.forEach((value, i) => {
          const alpha = turned.data
            .subarray(i * turned.d, (i + 1) * turned.d)
            .reduce((all, entry) => all + Math.abs(entry), 0);
          sum += alpha * value;
          weight += alpha;
        });
        const expected = sum / weight;
        // Vectors move by the rounding over the gap between neighbouring correlations, here above 10⁻³.
        expectWithin(found?.[2 * pair + side] ?? NaN, expected, dtype === "f64" ? 1e-11 : 1e-4, `${a}, ${b}, ${side}`);
      }
    });
  });
}

test("the largest singular value by Lanczos, whatever the spectrum", async () => {
  const size = 90;
  const left = orthogonal(size, 7);
  const right = orthogonal(size, 8);
  const spectra: Record<string, (k: number) => number> = {
    falling: (k) => 0.9 ** k,
    flat: () => 0.5,
    "two at the top": (k) => (k < 2 ? 0.8 : 0.3),
    "close at the top": (k) => 0.7 - 1e-9 * k,
    "one alone": (k) => (k === 0 ? 0.6 : 0),
    linear: (k) => 1 - k / size,
  };
  for (const [name, sigma] of Object.entries(spectra)) {
    // M = left·Σ·rightᵀ with U_a = left⁻¹ = leftᵀ turned into columns, and weights on neither.
    const a = transpose(left);
    const b = transpose(
      scaleColumns(
        right,
        Array.from({ length: size }, (_, k) => sigma(k)),
      ),
    );
    const [found] = await pairReadings(
      [basisMatrix(a), basisMatrix(b)],
      [size, size],
      [0, 1],
      [{ what: "largest", weights: [null, null] }],
    );
    expectWithin(found?.[0] ?? NaN, sigma(0), 1e-12, name);
  }
});

test("weights far from 1 neither overflow nor vanish, in f32 either", async () => {
  for (const dtype of ["f64", "f32"] as const) {
    for (const factor of [1e30, 1e-30, 1e140, 1e-140]) {
      const scaledWeights = weights.map((w) => w.map((value) => value * factor));
      const readings: NativePairReading[] = (["values", "largest"] as const).map((what) => ({ what, weights }));
      const scaledReadings = readings.map((reading) => ({ ...reading, weights: scaledWeights }));
      const plain = await ask(dtype, readings);
      const found = await ask(dtype, scaledReadings);
      plain.forEach((values, k) =>
        values.forEach((value, i) => {
          if (Number.isNaN(value)) return;
          const actual = (found[k]?.[i] ?? NaN) / factor / factor;
          // The weights' own rounding, and that of the largest eigenvalue of the Gram matrix (2⁻⁵²), under a root.
          const blur = 2 ** -26 * Math.max(...values.filter((other) => !Number.isNaN(other)));
          expectWithin(actual, value, (dtype === "f64" ? 1e-9 : 1e-2) * value + blur, `${dtype}, ${factor}`);
        }),
      );
    }
  }
});

test("a side without columns has neither values nor information", async () => {
  const empty = bases.map(() => new Float64Array());
  const readings = (["values", "largest", "logdet"] as const).map((what) => ({ what, weights: empty }));
  const [values, largest, logdet] = await ask("f64", readings);
  expect(values).toHaveLength(0);
  expect(largest?.every((value) => value === 0)).toBe(true);
  expect(logdet?.every((value) => value === 0)).toBe(true);
});

test("the same bits on one, two and three threads", async () => {
  const readings = (["values", "largest", "logdet"] as const).map((what) => ({ what, weights: none }));
  for (const dtype of ["f64", "f32"] as const) {
    const bits = async (threads: number): Promise<string[]> =>
      (await ask(dtype, readings, threads)).map((values) => Buffer.from(values.buffer).toString("base64"));
    const one = await bits(1);
    expect(await bits(2)).toEqual(one);
    expect(await bits(3)).toEqual(one);
  }
});
