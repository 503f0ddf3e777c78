// What misalignment is beside large offsets, perfect fits and layers that say nothing, and what it has to do with other numbers.
import { describe, expect, it } from "vitest";

import { compare, GramMatrix, linear, linearR2, misalignment, polynomial, rbf } from "../../lib/index.ts";
import { represent } from "../property/ask.ts";
import { centreColumns, fromColumns, columnsOf, norm } from "../twin/dense.ts";
import { at, type Features, features, map, multiply } from "../twin/features.ts";
import { affineMisalignment, kernelMisalignment, misalignment as slow } from "../twin/misalignment.ts";
import { gram } from "../twin/gram.ts";
import { gaussian } from "../twin/random.ts";

const n = 40;
const x = gaussian(n, 6, 1);
const y = map(multiply(x, gaussian(6, 4, 2)), (value, i, j) => value + at(gaussian(n, 4, 3), i, j));
const moved = (f: Features, by: number): Features => map(f, (value, _, j) => value + by * (1 + 0.1 * j));
const meanSquare = (f: Features): number => norm(f) ** 2 / f.n;

describe("beside offsets", () => {
  it.each([
    [0, 1e4],
    [1e4, 0],
    [1e4, 1e4],
    [1e4, -3e3],
    [1e6, 1e6],
  ])("of %f and %f nothing is lost", async (offsetX, offsetY) => {
    const [a, b] = [moved(x, offsetX), moved(y, offsetY)];
    for (const lambda of [0, 0.1]) {
      const found = (await misalignment(represent(a, "a"), represent(b, "b"), { lambda })).value;
      // Features beside an offset of 10⁶ hold ten digits of themselves, and the twin rounds where they are.
      expect(Math.abs(found / slow(a, b, lambda) - 1)).toBeLessThan(
        Math.max(Math.abs(offsetX), Math.abs(offsetY), 1) * 1e-13,
      );
    }
  });

  it("with a bias they do not count", async () => {
    const there = (await misalignment(represent(x, "x"), represent(y, "y"), { bias: true })).value;
    const far = (await misalignment(represent(moved(x, 1e4), "x"), represent(moved(y, 1e4), "y"), { bias: true }))
      .value;
    // The moved features are rounded at 1e4·2^-53, relative to their own size of 1.
    expect(Math.abs(far / there - 1)).toBeLessThan(1e-10);
    // A column of ones is a bias.
    const ones = fromColumns(n, [...columnsOf(x), new Float64Array(n).fill(1)]);
    expect((await misalignment(represent(ones, "x"), represent(y, "y"))).value).toBeCloseTo(there, 12);
    const beside = (await misalignment(represent(ones, "x"), represent(moved(y, 1e4), "y"))).value;
    expect(Math.abs(beside / there - 1)).toBeLessThan(1e-10);
  });

  it("in f32 the error is of the size of what varies", async () => {
    const [a, b] = [moved(x, 1e4), moved(y, 1e4)];
    const found = await compare([represent(a, "a")], [represent(b, "b")], {
      metrics: ["misalignment"],
      precision: "f32",
    });
    const value = found.matrices[0]!.values[0]!;
    // 2^-24 of the variance, a few dozen times; of the mean square, 10⁸ times that, it would be 6.
    expect(Math.abs(value - slow(a, b))).toBeLessThan(1e-5 * meanSquare(centreColumns(b)));
  });
});

describe("a perfect fit", () => {
  const told = multiply(x, gaussian(6, 5, 4));
  it.each([
    ["linear", x, told],
    ["linear, beside an offset", moved(x, 1e3), multiply(moved(x, 1e3), gaussian(6, 5, 4))],
    ["as many features as samples", gaussian(n, n, 5), y],
    ["more features than samples", gaussian(n, 2 * n, 6), y],
    ["itself", y, y],
    ["features twice, and dead ones", fromColumns(n, [...columnsOf(x), ...columnsOf(x), new Float64Array(n)]), told],
  ])("leaves rounding, and never less than 0: %s", async (_, a, b) => {
    for (const precision of ["f64", "f32"] as const) {
      const { matrices } = await compare([represent(a, "a")], [represent(b, "b")], {
        metrics: ["misalignment", "affine-misalignment"],
        precision,
      });
      // A few hundred roundings of the sum of squares that is fitted.
      const rounding = precision === "f64" ? 2e-14 : 1e-5;
      for (const { values } of matrices) {
        expect(values[0]).toBeGreaterThanOrEqual(0);
        expect(values[0]).toBeLessThanOrEqual(rounding * meanSquare(b));
      }
    }
  });
});

it("a layer that says nothing leaves all there is", async () => {
  const zero = represent(
    features(n, 3, () => 0),
    "zero",
  );
  const flat = represent(
    features(n, 3, () => 2),
    "flat",
  );
  const target = represent(y, "y");
  expect((await misalignment(zero, target)).value).toBeCloseTo(meanSquare(y), 12);
  for (const layer of [zero, flat]) {
    expect((await misalignment(layer, target, { bias: true })).value).toBeCloseTo(meanSquare(centreColumns(y)), 12);
    expect((await misalignment(target, layer, { bias: true })).value).toBe(0);
  }
  // One direction that is the same for every sample: a bias for each feature, and nothing more.
  expect((await misalignment(flat, target)).value).toBeCloseTo(meanSquare(centreColumns(y)), 12);
  const huge = await misalignment(represent(x, "x"), target, { lambda: 1e12 });
  expect(huge.value).toBeCloseTo(meanSquare(y), 9);
});

it("grows with λ from the least squares", async () => {
  const values: number[] = [];
  for (const lambda of [0, 1e-9, 1e-3, 0.1, 1, 10]) {
    values.push((await misalignment(represent(x, "x"), represent(y, "y"), { lambda })).value);
  }
  expect(values).toEqual(values.toSorted((a, b) => a - b));
  // ‖(I−P_λ)Y‖² − ‖(I−P)Y‖² is of the order of λ².
  expect(values[1]! / values[0]! - 1).toBeLessThan(1e-14);
});

it("with a bias it is what linear regression leaves of the variance", async () => {
  const [a, b] = [represent(x, "x"), represent(y, "y")];
  const variance = meanSquare(centreColumns(y));
  for (const direction of ["forward", "backward"] as const) {
    const r2 = (await linearR2(a, b, { direction })).value;
    const size = direction === "forward" ? variance : meanSquare(centreColumns(x));
    expect((await misalignment(a, b, { bias: true, direction })).value).toBeCloseTo((1 - r2) * size, 12);
  }
  expect((await misalignment(a, b, { bias: true })).value).toBeCloseTo(affineMisalignment(x, y), 12);
});

describe("kernels", () => {
  it("that pass through any targets want a ridge", async () => {
    const [a, b] = [represent(x, "x"), represent(y, "y")];
    const cell = await misalignment(a, b, { kernel: rbf() });
    expect(cell.status).toBe("undefined");
    expect(cell.reason).toMatch(/λ = 0 the rbf kernel passes through any targets/);
    const ridge = await misalignment(a, b, { kernel: rbf(), lambda: 1e-3 });
    expect(ridge.value).toBeCloseTo(kernelMisalignment(gram(x, rbf()), y, 1e-3), 11);
  });

  it("of finite rank do without", async () => {
    // 1 + 2·3/2 + 2 = 6 monomials of two features in 40 samples.
    const two = features(n, 2, (i, j) => at(x, i, j));
    const kernel = polynomial({ degree: 2 });
    const found = (await misalignment(represent(two, "x"), represent(y, "y"), { kernel })).value;
    expect(found).toBeCloseTo(kernelMisalignment(gram(two, kernel), y, 0), 10);
    const products = fromColumns(n, [
      ...columnsOf(two),
      ...[
        [0, 0],
        [0, 1],
        [1, 1],
      ].map(([i, j]) => Float64Array.from({ length: n }, (_, k) => at(two, k, i!) * at(two, k, j!))),
    ]);
    expect(found).toBeCloseTo(affineMisalignment(products, y), 10);
  });

  it("are of the layer that is mapped: a Gram matrix stands for either", async () => {
    const asGram = (f: Features, name: string): GramMatrix =>
      GramMatrix.fromArray(gram(f, linear()).toNumbers(), n, { name });
    for (const [a, b] of [
      [asGram(x, "x"), represent(y, "y")],
      [represent(x, "x"), asGram(y, "y")],
    ] as const) {
      // The Gram matrix is rounded once.
      expect((await misalignment(a, b)).value).toBeCloseTo(slow(x, y), 11);
      expect((await misalignment(a, b, { lambda: 0.3 })).value).toBeCloseTo(slow(x, y, 0.3), 11);
    }
  });
});

it("all pairs, both ways, are those of the pairs by themselves, in either space", async () => {
  const layers = [x, y, moved(y, 10), gaussian(n, 3, 9)].map((layer, i) => represent(layer, `${i}`));
  const metrics = ["misalignment.forward", "misalignment.backward", "affine-misalignment(lambda=0.2)"];
  const [gramSpace, featureSpace] = [
    await compare(layers, undefined, { metrics, space: "gram" }),
    await compare(layers, undefined, { metrics, space: "feature" }),
  ];
  for (const [m, { values }] of gramSpace.matrices.entries()) {
    for (const [k, value] of values.entries()) {
      const [row, column] = [layers[Math.floor(k / 4)]!, layers[k % 4]!];
      const options = [{}, { direction: "backward" }, { bias: true, lambda: 0.2 }][m] as object;
      const alone = (await misalignment(row, column, options)).value;
      // Sums in another order: rounding of a mean square of at most a few hundred.
      expect(Math.abs(value - alone)).toBeLessThan(1e-11);
      expect(Math.abs(featureSpace.matrices[m]!.values[k]! - alone)).toBeLessThan(1e-11);
      expect(value).toBeGreaterThanOrEqual(0);
    }
  }
  expect(gramSpace.matrices[1]!.values[1]).toBeCloseTo(gramSpace.matrices[0]!.values[4]!, 11);
});
