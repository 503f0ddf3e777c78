// λ by leave-one-out and by generalised cross-validation, against literally leaving out and against the hat matrix.
import { describe, expect, test } from "vitest";

import { rbf } from "../../lib/kernels/rbf.ts";
import { stitchers } from "../../lib/stitching/stitchers.ts";
import { layers } from "../spectral/layers.ts";
import { centreColumns } from "../twin/dense.ts";
import { type Features, map, selectRows } from "../twin/features.ts";
import { gram, medianDistance } from "../twin/gram.ts";
import { svd } from "../twin/jacobi.ts";
import { rounded } from "../twin/dense.ts";
import { apply, kernelPredictions, leaveOneOutError, meanSquare, ridgeMap } from "../twin/stitching.ts";
import { layerOf, targetFor } from "./layer.ts";

const shares = [1e-4, 1e-3, 1e-2, 0.1, 1];
const named = (names: readonly string[]) => layers.filter(({ name }) => names.includes(name));
const shapes = named(["tall", "wide", "one feature", "duplicated, dead and constant features", "an offset of 10⁴"]);

function indexOfLeast(values: readonly number[]): number {
  return values.indexOf(Math.min(...values));
}

function meanEigenvalue(x: Features, bias: boolean): number {
  return svd(bias ? centreColumns(x) : x).values.reduce((sum, value) => sum + value ** 2, 0) / x.n / x.d;
}

describe.each([true, false])("bias: %s", (bias) => {
  test.each(shapes)("leave-one-out chooses what literally leaving out chooses: $name", async ({ x }) => {
    const y = targetFor(x, 3, 4);
    const lambdas = shares.map((share) => share * meanEigenvalue(x, bias));
    const errors = lambdas.map((lambda) =>
      leaveOneOutError(x, y, (from, to) => {
        const twin = ridgeMap(from, to, x.n * lambda, bias);
        return (held) => apply(twin, held);
      }),
    );
    const stitcher = await stitchers.ridge({ lambda: "loo", lambdas, bias }).fit(layerOf(x), layerOf(y));
    expect(stitcher.lambda).toBe(lambdas[indexOfLeast(errors)]);
  });

  test.each(shapes)("generalised cross-validation: $name", async ({ x }) => {
    const y = targetFor(x, 3, 4);
    const lambdas = shares.map((share) => share * meanEigenvalue(x, bias));
    const { values } = svd(bias ? centreColumns(x) : x);
    const scores = lambdas.map((lambda) => {
      const hat = values.reduce((sum, value) => sum + value ** 2 / (value ** 2 + x.n * lambda), bias ? 1 : 0);
      return meanSquare(apply(ridgeMap(x, y, x.n * lambda, bias), x), y) / (1 - hat / x.n) ** 2;
    });
    const stitcher = await stitchers.ridge({ lambda: "gcv", lambdas, bias }).fit(layerOf(x), layerOf(y));
    expect(stitcher.lambda).toBe(lambdas[indexOfLeast(scores)]);
  });
});

test("leave-one-out tells apart what differs in the tenth digit: close to its minimum both sides agree", async () => {
  const { x } = shapes[0]!;
  const y = targetFor(x, 2, 9);
  const errorAt = (lambda: number): number =>
    leaveOneOutError(x, y, (from, to) => {
      const twin = ridgeMap(from, to, x.n * lambda, true);
      return (held) => apply(twin, held);
    });
  // Golden-section search for the least error, to a width at which errors differ by about 10⁻¹⁰ of themselves.
  let [low, high] = [1e-5, 10];
  const ratio = (Math.sqrt(5) - 1) / 2;
  while (Math.log(high / low) > 1e-4) {
    const [a, b] = [low ** ratio * high ** (1 - ratio), low ** (1 - ratio) * high ** ratio];
    if (errorAt(a) < errorAt(b)) high = b;
    else low = a;
  }
  const best = Math.sqrt(low * high);
  const lambdas = Array.from({ length: 21 }, (_, k) => best * (1 + (k - 10) * 1e-3));
  const { lambda, name } = await stitchers.ridge({ lambdas }).fit(layerOf(x), layerOf(y));
  // One step of the path on either side.
  expect(Math.abs(lambda! / best - 1)).toBeLessThan(1.5e-3);
  expect(name).not.toContain("path]");
});

test("of a kernel as well, with and without a bias", async () => {
  const { x } = shapes[0]!;
  const y = targetFor(x, 2, 9);
  const few = selectRows(
    x,
    Array.from({ length: 24 }, (_, i) => i),
  );
  const to = selectRows(
    y,
    Array.from({ length: 24 }, (_, i) => i),
  );
  const kernel = rbf({ bandwidth: medianDistance(few) });
  const lambdas = [1e-4, 1e-3, 1e-2, 0.1];
  for (const bias of [true, false]) {
    const errors = lambdas.map((lambda) =>
      leaveOneOutError(few, to, (from, wanted) => (held) => {
        const all: Features = { data: Float64Array.from([...from.data, ...held.data]), n: from.n + 1, d: from.d };
        const made = kernelPredictions(rounded(gram(all, kernel)), wanted, few.n * lambda, bias);
        return selectRows(made, [from.n]);
      }),
    );
    const method = stitchers.kernelRidge({ kernel, lambda: "loo", lambdas, bias });
    const { lambda } = await method.fit(layerOf(few), layerOf(to));
    expect(lambda).toBe(lambdas[indexOfLeast(errors)]);
  }
});

test("the name says when the chosen λ is at an end of its path", async () => {
  const { x } = shapes[0]!;
  const explained = layerOf(map(x, (value) => 2 * value));
  const low = await stitchers.ridge().fit(layerOf(x), explained);
  expect(low.name).toBe("ridge(lambda=loo) [lowest λ of its path]");
  const noise = layerOf(
    targetFor(
      map(x, () => 0),
      2,
      77,
    ),
  );
  const high = await stitchers.ridge({ lambda: "gcv" }).fit(layerOf(x), noise);
  expect(high.name).toBe("ridge(lambda=gcv) [highest λ of its path]");
});

test("a source of nothing has nothing to shrink: λ is 0", async () => {
  const { x } = shapes[0]!;
  for (const lambda of ["loo", "gcv"] as const) {
    const stitcher = await stitchers.ridge({ lambda }).fit(layerOf(map(x, () => 3)), layerOf(targetFor(x, 2, 1)));
    expect([stitcher.lambda, stitcher.rank]).toEqual([0, 0]);
  }
});
