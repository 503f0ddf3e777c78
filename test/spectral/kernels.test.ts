import { expect, test } from "vitest";

import type { NativeFactorRequest } from "../../lib/native.ts";
import { expectWithin } from "../property/expect-within.ts";
import { centre } from "../twin/centring.ts";
import {
  crossProduct,
  identity,
  leadingColumns,
  norm,
  rounded,
  scaleColumns,
  shifted,
  times,
  timesTranspose,
  trace,
} from "../twin/dense.ts";
import { type Features, features, map } from "../twin/features.ts";
import { gram, medianDistance } from "../twin/gram.ts";
import { eigen } from "../twin/jacobi.ts";
import { gaussian } from "../twin/random.ts";
import { inverse } from "../twin/solve.ts";
import type { Kernel } from "../../lib/kernels/kernel.ts";
import { type Factor, factor, featuresSource, matrixOf } from "./ask.ts";

const difference = (a: Features, b: Features): number =>
  norm(map(a, (value, i, j) => value - (b.data[i * b.d + j] ?? NaN)));

/** Two blobs and a copy of a row: kernels with a fast and with a slow decay, none of full rank. */
const x = map(gaussian(48, 3, 1), (value, i) => (i === 9 ? 0.25 : value + (i < 20 ? 3 : 0)));
const twice = features(50, 3, (i, j) => x.data[(i < 48 ? i : 9) * 3 + j] ?? NaN);
const median = medianDistance(twice);

interface Case {
  readonly kernel: Kernel;
  readonly map: NativeFactorRequest["map"];
}
const cases: Record<string, Case> = {
  rbf: {
    kernel: { kind: "rbf", bandwidth: median },
    map: { map: "rbf", bandwidth: median, typicalDistance: median },
  },
  "wide rbf": {
    kernel: { kind: "rbf", bandwidth: 50 * median },
    map: { map: "rbf", bandwidth: 50 * median, typicalDistance: median },
  },
  laplacian: {
    kernel: { kind: "laplacian", bandwidth: median },
    map: { map: "laplacian", bandwidth: median, typicalDistance: median },
  },
  polynomial: {
    kernel: { kind: "polynomial", degree: 2, gamma: 0.5, offset: 1 },
    map: { map: "polynomial", degree: 2, gamma: 0.5, offset: 1 },
  },
};

function check(found: Factor, kernel: Features, kappa: number, tolerance: number, what: string): void {
  const size = trace(kernel);
  const truth = eigen(kernel).values;
  const [u, w, ridge] = found.outputs.map((output) => leadingColumns(output, found.rank));
  if (u === undefined || w === undefined || ridge === undefined) throw new Error("an output is missing");
  // Beside what may be left out: f64 sums of 50×50 entries.
  const error = tolerance * size + 1e-13 * size;
  expectWithin(found.trace, size, 1e-13 * size, `${what}: trace`);
  expect(found.residual).toBeLessThanOrEqual(error);
  expect(found.indefinite).toBe(0);
  truth.forEach((value, k) => expectWithin(found.eigenvalues[k] ?? 0, value, error, `${what}: eigenvalue ${k}`));
  expectWithin(difference(crossProduct(u, u), identity(found.rank)), 0, 1e-13 * found.rank, `${what}: UᵀU`);
  expectWithin(difference(timesTranspose(w, w), timesTranspose(u, u)), 0, 1e-12, `${what}: the projector`);
  const rebuilt = timesTranspose(scaleColumns(u, found.eigenvalues), u);
  expectWithin(difference(rebuilt, kernel), 0, error, `${what}: UΛUᵀ`);
  // The hat matrix moves by what the kernel does, over nκ.
  const hat = times(kernel, inverse(shifted(kernel, kernel.n * kappa)));
  expectWithin(difference(timesTranspose(ridge, ridge), hat), 0, error / (kernel.n * kappa) + 1e-13, `${what}: hat`);
}

for (const [name, { kernel, map: given }] of Object.entries(cases)) {
  for (const centred of [true, false]) {
    test(`${name}, ${centred ? "centred" : "plain"}: spectrum, bases and hat matrices to every tolerance`, async () => {
      const plain = gram(twice, kernel);
      const matrix = rounded(centred ? centre(plain) : plain);
      const kappa = trace(matrix) / 1000;
      for (const tolerance of [0, 1e-12, 1e-4]) {
        const found = await factor({
          source: featuresSource(twice),
          map: given,
          centred,
          tolerance,
          outputs: [{ kind: "basis" }, { kind: "projector" }, { kind: "ridge", kappa }],
        });
        check(found, matrix, kappa, tolerance, `${name} to ${tolerance} by ${found.route}`);
      }
    });
  }
}

test("a Gram matrix of the caller's is the kernel itself", async () => {
  const { kernel } = cases["laplacian"] ?? { kernel: { kind: "linear" } };
  const plain = gram(twice, kernel);
  const source = { kind: "gram", matrix: matrixOf(rounded(plain)) } as const;
  for (const centred of [true, false]) {
    const matrix = rounded(centred ? centre(plain) : plain);
    const outputs = [{ kind: "basis" }, { kind: "projector" }, { kind: "ridge", kappa: 0.01 }] as const;
    for (const tolerance of [0, 1e-3]) {
      check(await factor({ source, centred, tolerance, outputs }), matrix, 0.01, tolerance, `to ${tolerance}`);
    }
  }
});

test("kernels that are constant have rank 0 when centred and 1 when not", async () => {
  const same = features(9, 4, (_, j) => j + 0.1);
  for (const { map: given } of Object.values(cases)) {
    for (const tolerance of [0, 1e-6]) {
      const ask = (centred: boolean): Promise<Factor> =>
        factor({ source: featuresSource(same), map: given, centred, tolerance, outputs: [{ kind: "basis" }] });
      const centred = await ask(true);
      expect([centred.rank, centred.trace]).toEqual([0, 0]);
      expect(centred.outputs[0]?.data.every((value) => value === 0)).toBe(true);
      expect((await ask(false)).rank).toBe(1);
    }
  }
  const ones = { kind: "gram", matrix: matrixOf(features(7, 7, () => 1 / 3)) } as const;
  expect((await factor({ source: ones })).rank).toBe(0);
  expect((await factor({ source: ones, centred: false })).rank).toBe(1);
});

test("a kernel matrix that is not positive semidefinite says so, and how much", async () => {
  const indefinite: Record<string, [Features, number]> = {
    "a zero diagonal": [features(6, 6, (i, j) => (i === j ? 0 : 1)), -1],
    "one negative entry": [map(identity(8), (value, i) => (i === 3 ? -0.5 * value : value)), -0.5],
    "entries larger than the diagonal": [features(2, 2, (i, j) => (i === j ? 1 : 3)), -2],
  };
  for (const [name, [matrix, least]] of Object.entries(indefinite)) {
    for (const tolerance of [0, 0.5]) {
      const source = { kind: "gram", matrix: matrixOf(matrix) } as const;
      const found = await factor({ source, centred: false, tolerance, outputs: [{ kind: "basis" }] });
      expectWithin(found.indefinite, least, 1e-14, name);
      expect([found.rank, ...found.eigenvalues]).toEqual([0]);
      expect(found.outputs[0]?.data.every((value) => value === 0)).toBe(true);
    }
  }
});
