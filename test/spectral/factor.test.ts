import { expect, test } from "vitest";

import { basis } from "../twin/canonical.ts";
import {
  centreColumns,
  crossProduct,
  identity,
  leadingColumns,
  norm,
  scaleColumns,
  scaled,
  shifted,
  times,
  timesTranspose,
  trace,
} from "../twin/dense.ts";
import { type Features, map } from "../twin/features.ts";
import { svd } from "../twin/jacobi.ts";
import { inverse } from "../twin/solve.ts";
import { factor, factorAll, type FactorQuestion, featuresSource } from "./ask.ts";
import { type Layer, layers } from "./layers.ts";
import { expectWithin } from "../property/expect-within.ts";

function difference(a: Features, b: Features): number {
  return norm(map(a, (value, i, j) => value - (b.data[i * b.d + j] ?? NaN)));
}

/** Everything but what overflows when it is squared: the twin works in f64 as it comes. */
const unscaled = (x: Features): { x: Features; unit: number } => {
  const most = x.data.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  const unit = most > 0 && most < 1e-100 ? 2 ** Math.floor(Math.log2(most)) : 1;
  return { x: map(x, (value) => value / unit), unit };
};

function questions(layer: Layer, dtype: "f64" | "f32", kappa: number): FactorQuestion[] {
  const source = featuresSource(layer.x, layer.dtype);
  const outputs = [
    { kind: "projector", dtype },
    { kind: "ridge", kappa, dtype },
  ] as const;
  return [
    { source, eigenvalues: false, outputs },
    { source, outputs: [...outputs, { kind: "basis", dtype }] },
    { source, outputs: [...outputs, { kind: "basis", dtype }, { kind: "right", dtype }] },
  ];
}

for (const layer of layers) {
  for (const dtype of ["f64", "f32"] as const) {
    // Rounding of the entries, some hundreds of times for f64; for f32 they are rounded when they are stored.
    // In f32 the features and the inverse factor are rounded, at a condition of at most 100.
    const close = dtype === "f64" ? 1e-12 : 4e-6;

    test(`${layer.name}: bases, projectors and hat matrices in ${dtype}`, async () => {
      const { x: raw, unit } = unscaled(layer.x);
      const x = centreColumns(raw);
      const { values } = svd(x);
      const known = basis(raw);
      const rank = layer.rank ?? known.u.d;
      const kernel = timesTranspose(x, x);
      const size = trace(kernel) || 1;
      const kappa = 0.1 * (size / x.n);
      const projector = timesTranspose(known.u, known.u);
      const hat = times(kernel, inverse(shifted(kernel, x.n * kappa)));
      for (const found of await factorAll(questions(layer, dtype, kappa * unit * unit))) {
        expect(found.rank).toBe(rank);
        expectWithin(found.trace / unit / unit, trace(kernel), 1e-12 * size, "trace");
        expect(found.residual / unit / unit).toBeLessThanOrEqual(1e-12 * size);
        const [p, ridge, u, v] = found.outputs.map((output) => leadingColumns(output, rank));
        if (p === undefined || ridge === undefined) throw new Error("an output is missing");
        if (rank === 0) continue;

        // A basis of features whose scales are far apart is known to the digits that centring left of the smallest.
        const blur = close + (1e-15 * (values[0] ?? 0)) / (values[rank - 1] ?? 0);
        // An offset of 10⁴ is rounded away with its mean: 10⁴·2^-53 beside entries of 1.
        const loose = layer.name.startsWith("an offset") ? 1e-11 : 0;
        expectWithin(difference(crossProduct(p, p), identity(rank)), 0, close, "WᵀW");
        expectWithin(difference(timesTranspose(p, p), projector), 0, 10 * blur + loose, "W·Wᵀ, the projector");
        expectWithin(difference(timesTranspose(ridge, ridge), hat), 0, close + loose, "W·Wᵀ, the hat matrix");
        found.outputs.slice(0, 3).forEach((output, k) => {
          output.data.forEach((value, at) => {
            if (at % output.d >= rank) expect(value).toBe(0);
          });
          found.leverages[k]?.forEach((value, i) => {
            const row = output.data.subarray(i * output.d, (i + 1) * output.d);
            const sum = row.reduce((total, entry) => total + entry * entry, 0);
            expectWithin(value, sum, 1e-14, "leverage");
          });
        });

        if (u === undefined) continue;
        expect(found.eigenvalues).toHaveLength(rank);
        // Relative to the largest: squares of singular values that are exact to 2^-53 of the largest.
        found.eigenvalues.forEach((value, k) => {
          expectWithin(value / unit / unit, (values[k] ?? NaN) ** 2, 1e-13 * size + loose, `eigenvalue ${k}`);
        });
        const lambda = found.eigenvalues.map((value) => value / unit / unit);
        expectWithin(difference(crossProduct(u, u), identity(rank)), 0, close, "UᵀU");
        const rebuilt = timesTranspose(scaleColumns(u, lambda), u);
        expectWithin(difference(rebuilt, kernel), 0, (close + loose) * size, "UΛUᵀ");

        if (v === undefined) continue;
        expectWithin(difference(crossProduct(v, v), identity(rank)), 0, close, "VᵀV");
        expectWithin(
          difference(times(x, v), scaleColumns(u, lambda.map(Math.sqrt))),
          0,
          (close + loose) * Math.sqrt(size),
          "XV = UΣ",
        );
      }
    });
  }
}

test("relative precision of small eigenvalues where outputs are f64", async () => {
  for (const layer of layers.filter(({ name }) => /scales|square|wide$/.test(name))) {
    const { values } = svd(centreColumns(layer.x));
    const found = await factor({ source: featuresSource(layer.x, layer.dtype), outputs: [{ kind: "basis" }] });
    found.eigenvalues.forEach((value, k) => {
      const sigma = values[k] ?? NaN;
      // A singular value is good to 2^-53·σ₁ or a few of it; above 10⁻³·σ₁ the covariance serves, to 2^-52·σ₁²/σ².
      const error = Math.max(1e-9, (4e-15 * (values[0] ?? NaN)) / sigma);
      expectWithin(value, sigma ** 2, error * sigma ** 2, `${layer.name}, eigenvalue ${k}`);
    });
  }
});

test("nothing centred: the projector on the features themselves", async () => {
  for (const layer of layers) {
    const { x, unit } = unscaled(layer.x);
    const { u, values } = svd(x);
    const least = Math.max(x.n, x.d) * Number.EPSILON * (values[0] ?? 0);
    const rank = values.filter((value) => value > least).length;
    const own = leadingColumns(u, rank);
    const source = featuresSource(layer.x, layer.dtype);
    const outputs = [{ kind: "projector" }] as const;
    for (const eigenvalues of [true, false]) {
      const found = await factor({ source, centred: false, eigenvalues, outputs });
      expect([layer.name, found.rank]).toEqual([layer.name, rank]);
      const [w] = found.outputs;
      if (w === undefined) throw new Error("no projector");
      const blur = 1e-12 + (1e-14 * (values[0] ?? 0)) / (values[rank - 1] ?? 0);
      expectWithin(difference(timesTranspose(w, w), timesTranspose(own, own)), 0, blur, layer.name);
      found.eigenvalues.forEach((value, k) => {
        expectWithin(value / unit / unit, (values[k] ?? NaN) ** 2, 1e-13 * (values[0] ?? 0) ** 2, layer.name);
      });
    }
  }
});

test("unit rows: the cosine kernel's own features", async () => {
  for (const layer of layers.filter(({ name }) => !/constant$|10⁻¹⁵⁰/.test(name))) {
    const unitRows = map(layer.x, (value, i) => {
      const row = layer.x.data.subarray(i * layer.x.d, (i + 1) * layer.x.d);
      return value / Math.hypot(...row);
    });
    const x = centreColumns(unitRows);
    const { matrix } = featuresSource(layer.x, layer.dtype);
    const found = await factor({ source: { kind: "unitRows", matrix }, outputs: [{ kind: "basis" }] });
    const [u] = found.outputs;
    if (u === undefined) throw new Error("no basis");
    const lambda = Array.from({ length: u.d }, (_, k) => found.eigenvalues[k] ?? 0);
    expectWithin(difference(timesTranspose(scaleColumns(u, lambda), u), timesTranspose(x, x)), 0, 1e-12, layer.name);
  }
});

test("unit rows that all point the same way: nothing when centred, one direction when not", async () => {
  const matrix = { data: Float64Array.of(1, 2, 2, 4, 3, 6), dtype: "f64", rows: 3, cols: 2 } as const;
  const source = { kind: "unitRows", matrix } as const;
  expect((await factor({ source })).rank).toBe(0);
  const found = await factor({ source, centred: false, outputs: [{ kind: "projector" }] });
  expect(found.rank).toBe(1);
  expectWithin(found.eigenvalues[0] ?? NaN, 3, 1e-15);
  const [w] = found.outputs;
  for (const i of [0, 2, 4]) expectWithin((w?.data[i] ?? NaN) ** 2, 1 / 3, 1e-15);
});

test("an outlying scale does not change the ridge's meaning", async () => {
  const [layer] = layers;
  if (layer === undefined) throw new Error("no layer");
  const kappa = 0.3;
  const big = { ...layer, x: scaled(layer.x, 1024) };
  const ask = async (one: Layer, k: number): Promise<Features> => {
    const source = featuresSource(one.x, one.dtype);
    const found = await factor({ source, eigenvalues: false, outputs: [{ kind: "ridge", kappa: k }] });
    return found.outputs[0] ?? layer.x;
  };
  // Powers of two commute with every rounding.
  expectWithin(difference(await ask(layer, kappa), await ask(big, kappa * 1024 ** 2)), 0, 0);
});
