import { describe, expect, it } from "vitest";
import { type Cell, cka, compare, cosine, hsic, ka, type Kernel, laplacian, polynomial, rbf } from "../../lib/index.ts";
import { features, map } from "../twin/features.ts";
import { gaussian } from "../twin/random.ts";
import { kernels, represent } from "./ask.ts";

function expectUndefined(cell: Cell, reason: RegExp): void {
  expect(cell.status).toBe("undefined");
  expect(cell.value).toBeNaN();
  expect(cell.reason).toMatch(reason);
}

describe("too few samples", () => {
  it.each([1, 2, 3])("%d: the debiased and minibatch estimators do not exist", async (n) => {
    const [a, b] = [represent(gaussian(n, 5, 1), "a"), represent(gaussian(n, 3, 2), "b")];
    for (const estimator of ["debiased", "minibatch"] as const) {
      expectUndefined(await cka(a, b, { estimator }), /4 samples/);
      expectUndefined(await hsic(a, b, { estimator }), /4 samples/);
    }
  });

  it("of one sample there is no CKA, but a KA", async () => {
    const [a, b] = [represent(gaussian(1, 5, 1), "a"), represent(gaussian(1, 3, 2), "b")];
    expectUndefined(await cka(a, b), /samples|0/);
    const cell = await ka(a, b);
    expect(cell.status).toBe("ok");
    expect(cell.value).toBeCloseTo(1, 14);
  });

  it("of two samples every CKA is 1: there is one pair", async () => {
    const [a, b] = [represent(gaussian(2, 5, 1), "a"), represent(gaussian(2, 3, 2), "b")];
    const cell = await cka(a, b);
    expect(cell.status).toBe("ok");
    expect(cell.value).toBeCloseTo(1, 14);
  });
});

describe("a constant layer", () => {
  // 0.1 and 1e4/3 are no sums of few powers of two: a mean that is rounded would leave something.
  it.each([0, 0.1, 1e4 / 3, -1e-30])("of %d everywhere", async (value) => {
    const constant = represent(
      features(37, 6, (_, j) => value * (j + 1)),
      "constant",
    );
    const other = represent(gaussian(37, 4, 3), "other");
    for (const kernel of Object.values(kernels)) {
      if (kernel.kind === "cosine" && value === 0) continue;
      for (const estimator of ["biased", "debiased"] as const) {
        for (const precision of ["f64", "f32"] as const) {
          for (const [a, b] of [
            [constant, other],
            [other, constant],
            [constant, constant],
          ] as const) {
            expectUndefined(await cka(a, b, { kernel, estimator, precision }), /constant|alike|median|0/);
          }
        }
      }
    }
  });

  it("of rows that all point the same way is constant to the cosine kernel, whatever their lengths", async () => {
    const direction = gaussian(1, 5, 4);
    const next = gaussian(23, 1, 5);
    const parallel = features(23, 5, (i, j) => (direction.data[j] ?? NaN) * (0.1 + Math.abs(next.data[i] ?? NaN)));
    const positive = features(23, 1, (i) => 0.1 + Math.abs(next.data[i] ?? NaN));
    const other = represent(gaussian(23, 4, 3), "other");
    for (const x of [parallel, positive]) {
      for (const estimator of ["biased", "debiased"] as const) {
        for (const precision of ["f64", "f32"] as const) {
          const options = { kernel: cosine(), estimator, precision };
          // Dividing a row by its norm rounds to 1e-16: that is no structure.
          expectUndefined(await cka(represent(x, "parallel"), other, options), /constant|alike|0/);
          expectUndefined(await cka(represent(x, "parallel"), represent(x, "parallel"), options), /constant|alike|0/);
        }
      }
    }
  });

  it("of zeros has no direction for the cosine kernel", async () => {
    const zeros = represent(
      features(9, 2, () => 0),
      "zeros",
    );
    expectUndefined(
      await cka(zeros, represent(gaussian(9, 2, 1), "b"), { kernel: cosine() }),
      /row 0 of zeros is zero/,
    );
  });

  it("spoils no other number of the run", async () => {
    const layers = [
      represent(gaussian(20, 4, 1), "a"),
      represent(
        features(20, 3, () => 2.5),
        "constant",
      ),
      represent(gaussian(20, 7, 2), "b"),
    ];
    const options = { metrics: ["ka", "cka", "cka.debiased", "hsic", "hsic.debiased"], kernel: Object.values(kernels) };
    const all = await compare(layers, undefined, options);
    const without = await compare(
      [layers[0] ?? represent(gaussian(1, 1, 1), ""), layers[2] ?? represent(gaussian(1, 1, 1), "")],
      undefined,
      options,
    );
    for (const { row, column, metric, variant, kernel, value, status } of without.records()) {
      const same = all
        .records()
        .find(
          (r) =>
            r.row === row && r.column === column && r.metric === metric && r.variant === variant && r.kernel === kernel,
        );
      expect(same?.status).toBe(status);
      // Three layers in the stack rather than two: sums in another order.
      expect(Math.abs((same?.value ?? NaN) - value)).toBeLessThanOrEqual(1e-13 * Math.max(1, Math.abs(value)));
    }
    for (const { status, reason, value } of all.records()) {
      expect(status === "ok" ? Number.isFinite(value) : reason !== null && reason.length > 10).toBe(true);
    }
  });
});

it("rows that are constant but for one rounding are no constant layer", async () => {
  const almost = represent(
    features(12, 2, (i) => (i === 5 ? 1 + 2 ** -52 : 1)),
    "almost",
  );
  const exact = represent(
    features(12, 2, (i) => (i === 5 ? 1 : 0)),
    "indicator",
  );
  const cell = await cka(almost, exact);
  expect(cell.status).toBe("ok");
  // The two centred layers are multiples of each other.
  expect(cell.value).toBeCloseTo(1, 12);
});

it("one zero row is no obstacle to kernels that do not divide by norms", async () => {
  const x = map(gaussian(15, 4, 5), (value, i) => (i === 3 ? 0 : value));
  const [a, b] = [represent(x, "a"), represent(gaussian(15, 4, 6), "b")];
  const usable: Kernel[] = [rbf(), laplacian(), polynomial({ degree: 2 })];
  for (const kernel of usable) expect((await cka(a, b, { kernel })).status).toBe("ok");
  expectUndefined(await cka(a, b, { kernel: cosine() }), /row 3 of a is zero/);
});

it("a debiased self-HSIC of exactly 0 leaves debiased CKA undefined and HSIC defined", async () => {
  // One row differs from all others: off the diagonal that is a_i + a_j, which U-centring annihilates.
  const one = represent(
    features(10, 1, (i) => (i === 0 ? 1 : 0)),
    "one row",
  );
  const other = represent(gaussian(10, 3, 8), "other");
  expectUndefined(await cka(one, other, { estimator: "debiased" }), /debiased HSIC of the row layer/);
  const self = await hsic(one, one, { estimator: "debiased" });
  expect(self.status).toBe("ok");
  expect(Math.abs(self.value)).toBeLessThan(1e-17);
  expect((await cka(one, other)).status).toBe("ok");
});
