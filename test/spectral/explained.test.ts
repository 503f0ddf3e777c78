// What ridge regression explains, I − (I − P)², and what a hat matrix leaves of the vector of ones.
import { expect, test } from "vitest";

import { runJob } from "../../lib/job.ts";
import { native, type NativeFactorResult } from "../../lib/native.ts";
import { expectWithin } from "../property/expect-within.ts";
import { identityLess, norm, scaleColumns, timesTranspose } from "../twin/dense.ts";
import { at, features, map } from "../twin/features.ts";
import { svd } from "../twin/jacobi.ts";
import { featuresSource, room, written } from "./ask.ts";
import { layers } from "./layers.ts";

// Beside features of which a square is beyond f64 the twin has no digits.
const ordinary = layers.filter(({ x }) => x.data.every((value) => Math.abs(value) < 1e8));

test.each(ordinary)("$name", async ({ x, dtype }) => {
  const { u, values } = svd(x);
  const most = values[0] ?? 0;
  const kappa = (0.1 * most ** 2) / x.n;
  const kept = (sigma: number): boolean => sigma > Math.max(x.n, x.d) * Number.EPSILON * most;
  const shares = {
    projector: values.map((sigma) => (kept(sigma) ? 1 : 0)),
    explained: values.map((sigma) => (kept(sigma) ? 1 - ((x.n * kappa) / (sigma ** 2 + x.n * kappa)) ** 2 : 0)),
  };
  for (const precision of ["f64", "f32"] as const) {
    const outputs = (["projector", "explained"] as const).map((kind) => ({
      kind,
      kappa,
      matrix: room(x.n, Math.min(x.n, x.d), precision),
      means: new Float64Array(Math.min(x.n, x.d)).fill(NaN),
      onesResidual: new Float64Array(x.n).fill(NaN),
    }));
    for (const which of [outputs, outputs.slice(0, 1)]) {
      // One at a time the projector has no need of eigenvectors.
      const request = {
        source: featuresSource(x, dtype),
        map: { map: "linear" },
        centred: false,
        tolerance: 0,
        eigenvalues: false,
        outputs: which,
      } as const;
      await runJob<NativeFactorResult[]>((progress, done) => native().factorJob([request], 1, progress, done), {});
      for (const { kind, matrix, means, onesResidual } of which) {
        const w = written(matrix);
        const hat = timesTranspose(scaleColumns(u, shares[kind]), u);
        // Features that are beside an offset of 10⁴ are known to 10⁻¹² of what varies.
        const blur = precision === "f64" ? 1e-10 : 1e-5;
        expectWithin(norm(map(timesTranspose(w, w), (value, i, j) => value - at(hat, i, j))), 0, blur, kind);
        means.forEach((mean, k) => {
          const sum = features(x.n, 1, (i) => at(w, i, k)).data.reduce((total, value) => total + value, 0);
          expectWithin(mean, sum / x.n, 1e-14, "mean");
        });
        const rest = identityLess(hat);
        let total = 0;
        onesResidual.forEach((value, i) => {
          let sum = 0;
          for (let j = 0; j < x.n; j += 1) sum += at(rest, i, j);
          // From W before it is rounded to f32.
          expectWithin(value, sum, 1e-10, "residual");
          total += value;
        });
        // ‖r‖² of a projector, to its own digits; where the ones are in the span nothing but rounding is left of either.
        const squares = norm({ data: onesResidual, n: x.n, d: 1 }) ** 2;
        if (kind === "projector") expectWithin(total, squares, 1e-10 * squares + 1e-28, "1ᵀr");
        expect(total).toBeGreaterThanOrEqual(-1e-28);
      }
    }
  }
});
