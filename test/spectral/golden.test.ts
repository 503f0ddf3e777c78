import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { goldenPairs } from "../reference/golden.ts";
import { expectWithin } from "../property/expect-within.ts";
import type { Features } from "../twin/features.ts";
import { type Factor, factor, featuresSource } from "./ask.ts";
import { readPair, type Side, sideOf, sumOf } from "./pair.ts";

/** The first side's leading eigenvalues of K/n, a list that goldenPairs leaves out. */
function topOf(name: string): readonly number[] | undefined {
  const file = readFileSync(new URL("../reference/golden/mnist.json", import.meta.url), "utf8");
  const pairs = JSON.parse(file) as Record<string, { values: { "spectrum.top5.1"?: number[] } }>;
  return pairs[name]?.values["spectrum.top5.1"];
}

/** The two sides with linear kernels, in f64. */
async function linearSides(x: Features, y: Features): Promise<[Factor, Factor]> {
  const ask = (features: Features): Promise<Factor> =>
    factor({ source: featuresSource(features, "f32"), outputs: [{ kind: "basis" }] });
  return [await ask(x), await ask(y)];
}

/** RBF at the median distance, which the golden numbers hold; `tolerance` of the pivoted Cholesky. */
async function rbfSide(x: Features, bandwidth: number, tolerance: number): Promise<Side> {
  const map = { map: "rbf", bandwidth, typicalDistance: bandwidth } as const;
  return sideOf(await factor({ source: featuresSource(x, "f32"), map, tolerance, outputs: [{ kind: "basis" }] }));
}

const root = (n: number, kappa: number) => (eigenvalue: number) => Math.sqrt(eigenvalue / (eigenvalue + n * kappa));

/** How many leading directions make up `share` of the variance. */
function leading(eigenvalues: Float64Array, share: number): number {
  const total = sumOf(eigenvalues);
  let sum = 0;
  return 1 + eigenvalues.findIndex((value) => (sum += value) >= share * total);
}

const squaredMeanDifference = (x: Features, y: Features): number => {
  let sum = 0;
  for (let j = 0; j < x.d; j++) {
    let difference = 0;
    for (let i = 0; i < x.n; i++) difference += (x.data[i * x.d + j] ?? NaN) - (y.data[i * y.d + j] ?? NaN);
    sum += (difference / x.n) ** 2;
  }
  return sum;
};

for (const { name, x, y, values } of goldenPairs()) {
  const n = x.n;
  /** Relative to the golden number; 1e-6 behind square roots of eigenvalues, as the reference's own rounding demands. */
  const expectGolden = (quantity: string, actual: number, relative: number): void => {
    const expected = values[quantity];
    assert.ok(expected !== undefined, quantity);
    expectWithin(actual, expected, relative * Math.abs(expected), quantity);
  };

  test(`${name}: linear kernels`, async () => {
    const [first, second] = await linearSides(x, y);
    const a = sideOf(first);
    const b = sideOf(second);
    expect([a.rank, b.rank]).toEqual([values["rank1"], values["rank2"]]);

    const rho = (await readPair(a, b, "values")).map((value) => Math.min(value, 1));
    expectGolden("cca.meanRho", sumOf(rho) / rho.length, 1e-9);
    expectGolden("cca.meanRho2", sumOf(rho.map((value) => value ** 2)) / rho.length, 1e-9);
    expectGolden("gcd.yanai", sumOf(rho.map((value) => value ** 2)) / Math.sqrt(a.rank * b.rank), 1e-9);
    // Below 1 by rounding, √(1 − ρ) is √2^-53 instead of 0.
    const dependence = sumOf(rho.map((value) => 4 - 2 * (Math.sqrt(1 + value) + Math.sqrt(1 - value))));
    expectGolden("w2.dependence", dependence, 1e-6);

    const [information = NaN] = await readPair(a, b, "logdet");
    if (values["gaussianMI"] === undefined) expect(information).toBe(Infinity);
    else expectGolden("gaussianMI", information, 1e-9);

    const kept = [leading(a.eigenvalues, 0.99), leading(b.eigenvalues, 0.99)] as const;
    expect(kept).toEqual([values["svcca.99.k1"], values["svcca.99.k2"]]);
    const truncated = await readPair(a, b, "values", undefined, kept);
    expectGolden("svcca.99.meanRho", sumOf(truncated) / truncated.length, 1e-9);

    const nuclear = sumOf(await readPair(a, b, "values", Math.sqrt));
    expectGolden("nbs", nuclear / Math.sqrt(first.trace * second.trace), 1e-9);
    expectGolden("procrustes.dist2", first.trace + second.trace - 2 * nuclear, 1e-9);
    const [largest = NaN] = await readPair(a, b, "largest", Math.sqrt);
    expectGolden("coco.linear", largest / n, 1e-9);

    const kappa = root(n, 0.1);
    expectGolden("kcc.linear.kappa0.1", (await readPair(a, b, "largest", kappa))[0] ?? NaN, 1e-9);
    expectGolden("nocco.linear.kappa0.1", sumOf((await readPair(a, b, "values", kappa)).map((r) => r * r)), 1e-9);
    expectGolden("kgv.linear.kappa0.1", (await readPair(a, b, "logdet", kappa))[0] ?? NaN, 1e-9);

    const plain = await factor({ source: featuresSource(x, "f32"), centred: false });
    for (const [k, eta] of (topOf(name) ?? []).entries())
      expectWithin((plain.eigenvalues[k] ?? NaN) / n, eta, 1e-9 * eta, `spectrum ${k}`);
    if (x.d === y.d) {
      // The covariances live in feature space: Σ^½ is V·σ·Vᵀ/√n, so the nuclear norm is that of σ_1V_1ᵀV_2σ_2.
      const features = async (one: Features): Promise<Side> => {
        const found = await factor({ source: featuresSource(one, "f32"), outputs: [{ kind: "right" }] });
        return sideOf(found);
      };
      const [p, q] = [await features(x), await features(y)];
      const bures = sumOf(await readPair(p, q, "values", Math.sqrt)) / n;
      const distance = squaredMeanDifference(x, y) + (first.trace + second.trace) / n - 2 * bures;
      expectGolden("w2.gaussian", distance, 1e-6);
    }
  });

  // 10⁻¹³ of the trace: what is left out of either kernel moves a filtered eigenvalue by that over κ = 10⁻³ at most.
  test(`${name}: RBF kernels`, async () => {
    const a = await rbfSide(x, values["rbf.median1"] ?? NaN, 1e-13);
    const b = await rbfSide(y, values["rbf.median2"] ?? NaN, 1e-13);
    expectGolden("coco.rbf", ((await readPair(a, b, "largest", Math.sqrt))[0] ?? NaN) / n, 1e-9);
    const kappa = root(n, 0.001);
    expectGolden("kcc.rbf.kappa0.001", (await readPair(a, b, "largest", kappa))[0] ?? NaN, 1e-9);
    expectGolden("nocco.rbf.kappa0.001", sumOf((await readPair(a, b, "values", kappa)).map((r) => r * r)), 1e-9);
    expectGolden("kgv.rbf.kappa0.001", (await readPair(a, b, "logdet", kappa))[0] ?? NaN, 1e-9);
    expectGolden("kmi.rbf", (await readPair(a, b, "logdet", (value) => Math.sqrt(value / n)))[0] ?? NaN, 1e-9);
  });
}
