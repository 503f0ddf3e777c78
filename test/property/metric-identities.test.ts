// Identities between metrics, and between the two sides (features, n×n) that one can be computed on, through the product.
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  compare,
  type CompareOptions,
  cosine,
  GramMatrix,
  linear,
  mmd2,
  rbf,
  type Representation,
} from "../../lib/index.ts";
import { basis, canonicalCorrelations } from "../twin/canonical.ts";
import { uCentre } from "../twin/centring.ts";
import { centreColumns, crossProduct, frobenius, scaled, trace } from "../twin/dense.ts";
import { distanceInducedKernel } from "../twin/distance-covariance.ts";
import { toNumber } from "../twin/double-double.ts";
import { type Features, at, features, map, selectRows } from "../twin/features.ts";
import { covariance, mutualInformationByDeterminants } from "../twin/gaussian-measures.ts";
import { gram } from "../twin/gram.ts";
import { cocoOfFeatures, kcc, kgv, noccoOf, regularisedCorrelationsOfFeatures } from "../twin/independence.ts";
import { eigen, nuclearNorm } from "../twin/jacobi.ts";
import { inner, type Matrix } from "../twin/matrix.ts";
import { affineMisalignment } from "../twin/misalignment.ts";
import { gaussian } from "../twin/random.ts";
import { represent } from "./ask.ts";
import { expectWithin } from "./expect-within.ts";
import { related, type Scenario, type Shape, shapes } from "./scenario.ts";

const runs = { seed: 2903, numRuns: 12 };

// Both sides are f64 computations of one number, some with eigenvectors, over data of ordinary condition.
const rounding = 1e-9;

const expectClose = (actual: number, expected: number, scale = Math.abs(expected)): void =>
  expectWithin(actual, expected, rounding * scale);

type Layer = Representation | GramMatrix;

const asGram = (k: Matrix, name: string): GramMatrix => GramMatrix.fromArray(k.toNumbers(), k.n, { name });

/** The numbers of a pair under some metrics, all of which must exist. */
async function values<const M extends readonly string[]>(
  metrics: M,
  a: Layer | Features,
  b: Layer | Features,
  options: CompareOptions = {},
): Promise<{ [K in keyof M]: number }> {
  const layer = (given: Layer | Features, name: string): Layer =>
    "data" in given && "d" in given ? represent(given, name) : given;
  const result = await compare([layer(a, "a")], [layer(b, "b")], { precision: "f64", ...options, metrics });
  return metrics.map((metric) => {
    const { value, status, reason } = result.get(metric, 0, 0);
    expect([status, reason]).toEqual(["ok", null]);
    return value;
  }) as { [K in keyof M]: number };
}

/** More samples than both widths together, so that the joint covariance has full rank. */
const tall: fc.Arbitrary<Shape> = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), fc.nat(30), fc.nat(1_000_000))
  .map(([dx, dy, more, seed]) => ({ n: dx + dy + 4 + more, dx, dy, seed }));

const check = async (over: fc.Arbitrary<Shape>, test: (scenario: Scenario, shape: Shape) => Promise<void>) => {
  await fc.assert(
    fc.asyncProperty(over, async (shape) => await test(related(shape), shape)),
    runs,
  );
};

const sumOf = (list: Float64Array): number => list.reduce((sum, value) => sum + value, 0);

/** x_i ⊗ y_j for the pairs named, whose linear kernel is the product of those of x and y. */
function products(x: Features, y: Features, pairs: readonly (readonly [number, number])[]): Features {
  return features(pairs.length, x.d * y.d, (k, c) => {
    const [i, j] = pairs[k] ?? [-1, -1];
    return at(x, i, Math.floor(c / y.d)) * at(y, j, c % y.d);
  });
}

/** The features side by side: its RBF kernel of one σ is the product of those of x and y. */
function beside(x: Features, y: Features, pairs: readonly (readonly [number, number])[]): Features {
  return features(pairs.length, x.d + y.d, (k, c) => {
    const [i, j] = pairs[k] ?? [-1, -1];
    return c < x.d ? at(x, i, c) : at(y, j, c - x.d);
  });
}

describe("distance alignment (Insulla, Huang and Rosasco 2025, section 3.2)", () => {
  it("of unit rows is (4/n²)(‖K_1‖² + ‖K_2‖² − 2⟨K_1,K_2⟩)", async () => {
    await check(shapes, async ({ x, y }) => {
      const [k, l] = [gram(x, cosine()), gram(y, cosine())];
      const [kk, ll, kl] = [inner(k, k), inner(l, l), inner(k, l)].map(toNumber);
      const [da] = await values(["da"], x, y);
      expectClose(da, (4 / x.n ** 2) * (kk! + ll! - 2 * kl!), (4 / x.n ** 2) * (kk! + ll!));
    });
  });

  it("is 8C²(1 − A) where moreover ‖K_1‖ = ‖K_2‖ = nC", async () => {
    await check(shapes, async ({ x }) => {
      // The same rows in another order: a kernel matrix of the same norm.
      const turned = selectRows(
        x,
        Array.from({ length: x.n }, (_, i) => (i + 1) % x.n),
      );
      const k = gram(x, cosine());
      const squared = toNumber(inner(k, k)) / x.n ** 2;
      const [da, ka] = await values(["da", "ka"], x, turned, { kernel: cosine() });
      expectClose(da, 8 * squared * (1 - ka), 8 * squared);
    });
  });
});

it("dCov² is 4⟨K̃_1,K̃_2⟩/n² of the distance-induced kernels (Sejdinovic et al. 2013)", async () => {
  await check(shapes, async ({ x, y }) => {
    const [dcov2] = await values(["dcov2"], x, y);
    for (const origin of ["zero", 0] as const) {
      const [k, l] = [x, y].map((z, i) => asGram(distanceInducedKernel(z, origin), `induced ${i}`));
      const [hsic] = await values(["hsic"], k!, l!, { normalization: "n" });
      expectClose(dcov2, 4 * hsic);
    }
  });
});

it("the unbiased HSIC is the inner product of U-centred matrices over n(n−3) (Székely and Rizzo 2013)", async () => {
  await check(shapes, async ({ x, y }) => {
    for (const kernel of [linear(), rbf()]) {
      const [k, l] = [uCentre(gram(x, kernel)), uCentre(gram(y, kernel))];
      const [kl, kk, ll] = [inner(k, l), inner(k, k), inner(l, l)].map((v) => toNumber(v) / (x.n * (x.n - 3)));
      const [hsic] = await values(["hsic.debiased"], x, y, { kernel });
      expectClose(hsic, kl!, Math.sqrt(kk! * ll!));
    }
  });
});

describe("dual and primal (Insulla, Huang and Rosasco 2025, section 3.3)", () => {
  const ofFeaturesAndGrams = ["coco", "kcc(kappa=0.1)", "nocco(kappa=0.1)", "kgv(kappa=0.1)"] as const;

  it("COCO, KCC, NOCCO and KGV of linear kernels from covariances of features, and from Gram matrices alone", async () => {
    await check(shapes, async ({ x, y }) => {
      const r = regularisedCorrelationsOfFeatures(x, y, 0.1);
      const expected = [cocoOfFeatures(x, y), kcc(r), noccoOf(r), kgv(r)];
      const primal = await values(ofFeaturesAndGrams, x, y, { kernel: linear() });
      const [k, l] = [asGram(gram(x, linear()), "k"), asGram(gram(y, linear()), "l")];
      const dual = await values(ofFeaturesAndGrams, k, l);
      expected.forEach((value, i) => {
        expectClose(primal[i]!, value);
        expectClose(dual[i]!, value);
      });
    });
  });

  it("‖X_1ᵀX_2‖_∗ = ‖K_1^½K_2^½‖_∗, so NBS, Procrustes and shape distances follow from Gram matrices", async () => {
    await check(shapes, async ({ x, y }) => {
      const metrics = ["nbs", "procrustes", "shape", "shape(alpha=0.5)"] as const;
      const primal = await values(metrics, x, y);
      const dual = await values(metrics, asGram(gram(x, linear()), "k"), asGram(gram(y, linear()), "l"));
      const [a, b] = [centreColumns(x), centreColumns(y)];
      const [p, q] = [frobenius(a, a), frobenius(b, b)];
      const nuclear = nuclearNorm(crossProduct(a, b));
      expectClose(primal[0], nuclear / Math.sqrt(p * q));
      expectClose(primal[1], p + q - 2 * nuclear, p + q);
      expectClose(dual[0], primal[0]);
      expectClose(dual[1], primal[1], p + q);
      // Angles by their cosines, for an angle near 0 is the root of a rounding error.
      expectClose(Math.cos(primal[2]), primal[0], 1);
      for (const i of [2, 3] as const) expectClose(Math.cos(dual[i]), Math.cos(primal[i]), 1);
    });
  });
});

describe("measures (Insulla, Huang and Rosasco 2025, section 3.4)", () => {
  const few: fc.Arbitrary<Shape> = fc
    .tuple(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }), fc.nat(1e6))
    .map(([n, dx, dy, seed]) => ({ n, dx, dy, seed }));

  it("HSIC is the MMD² of the joint and the product measure under the product kernel", async () => {
    await check(few, async ({ x, y }) => {
      const joint = Array.from({ length: x.n }, (_, i) => [i, i] as const);
      const product = joint.flatMap(([i]) => joint.map(([j]) => [i, j] as const));
      const [p, q] = [joint, product].map((pairs) => represent(products(x, y, pairs), "tensor"));
      const [hsic] = await values(["hsic"], x, y, { normalization: "n" });
      const tensor = await mmd2(p!, q!, { kernel: linear() });
      expectClose(tensor.value, hsic);
      const kernel = rbf({ bandwidth: 1.5 });
      const [r, s] = [joint, product].map((pairs) => represent(beside(x, y, pairs), "joined"));
      const [smooth] = await values(["hsic"], x, y, { normalization: "n", kernel });
      const joined = await mmd2(r!, s!, { kernel });
      // What is left of means of a kernel of size 1: 1e-14 of that.
      expectClose(joined.value, smooth, 1e-5);
    });
  });

  it("Gaussian mutual information is ½·log(|Σ_1||Σ_2|/|Σ|)", async () => {
    await check(tall, async ({ x, y }) => {
      const [mi] = await values(["gaussian-mi"], x, y);
      expectClose(mi, mutualInformationByDeterminants(x, y), Math.max(1, mi));
    });
  });

  it("the dependence of whitened layers is W² of their joint Gaussian and of independent ones", async () => {
    await check(tall, async ({ x, y }, { n, seed }) => {
      // Uncorrelated features of variance 1: each layer's own, side by side, and as many that are independent of each other.
      const white = (z: Features): Features => scaled(basis(z).u, Math.sqrt(n));
      const all = Array.from({ length: n }, (_, i) => [i, i] as const);
      const joint = beside(white(x), white(y), all);
      const independent = white(gaussian(n, joint.d, seed));
      const [dependence] = await values(["w2-dependence"], x, y);
      const [w2] = await values(["gaussian-w2"], joint, independent);
      expectClose(w2, dependence, 2 * joint.d);
    });
  });
});

describe("subspaces and shapes", () => {
  it("mean ρ² and GCD are ⟨P_1,P_2⟩ over min(r_1,r_2) and √(r_1r_2)", async () => {
    await check(shapes, async ({ x, y }) => {
      const rho = canonicalCorrelations(x, y);
      const inner12 = sumOf(rho.map((value) => value ** 2));
      const [r1, r2] = [basis(x).rank, basis(y).rank];
      const [rho1, rho2, gcd] = await values(["cca-rho", "cca-rho2", "gcd"], x, y);
      expectClose(rho1, sumOf(rho) / Math.min(r1, r2));
      expectClose(rho2, inner12 / Math.min(r1, r2));
      expectClose(gcd, inner12 / Math.sqrt(r1 * r2));
    });
  });

  it("linear-regression R² is 1 − misalignment/tr Σ_22, each way", async () => {
    await check(shapes, async ({ x, y }) => {
      const [forward, backward] = await values(["linear-r2.forward", "linear-r2.backward"], x, y);
      expectClose(forward, 1 - affineMisalignment(x, y) / trace(covariance(y)), 1);
      expectClose(backward, 1 - affineMisalignment(y, x) / trace(covariance(x)), 1);
    });
  });

  it("the shape distance is arccos NBS without whitening, arccos(Σρ/√(r_1r_2)) with all of it", async () => {
    await check(shapes, async ({ x, y }) => {
      const [r1, r2] = [basis(x).rank, basis(y).rank];
      const [nbs, rho, plain, whitened] = await values(["nbs", "cca-rho", "shape", "shape(alpha=0)"], x, y);
      expectClose(Math.cos(plain), nbs, 1);
      expectClose(Math.cos(whitened), (rho * Math.min(r1, r2)) / Math.sqrt(r1 * r2), 1);
    });
  });
});

describe("alignment to a task (Insulla, Huang and Rosasco 2025, section 6.1)", () => {
  it("A(K, h⊗h) = Ση_i²w_i²/(√(Ση_i²)·Ση_iw_i²) for h = Σw_i√η_i·φ_i", async () => {
    await check(tall, async ({ x }, { seed }) => {
      const k = gram(x, rbf());
      const { values: eta, vectors } = eigen({ data: k.toNumbers(), n: x.n, d: x.n });
      const w = gaussian(x.n, 1, seed).data;
      const root = eta.map((value) => Math.sqrt(Math.max(value, 0)));
      const h = features(x.n, 1, (i) => sumOf(root.map((value, j) => value * (w[j] ?? NaN) * at(vectors, i, j))));
      const weighted = (power: number): number => sumOf(eta.map((value, j) => value ** power * (w[j] ?? NaN) ** 2));
      const expected = weighted(2) / (Math.sqrt(sumOf(eta.map((value) => value ** 2))) * weighted(1));
      const [kta] = await values(["ka"], asGram(k, "k"), h);
      expectClose(kta, expected);
    });
  });

  it("for E y² = 1 and h = E'[K(x,x')y']/√E K², the risk of h is at most 2(1 − A(K, yyᵀ))", async () => {
    await check(shapes, async ({ x }, { seed }) => {
      for (const kernel of [linear(), rbf()]) {
        const raw = gaussian(x.n, 1, seed + 9);
        const y = scaled(raw, Math.sqrt(x.n / frobenius(raw, raw)));
        const k = gram(x, kernel);
        const size = Math.sqrt(toNumber(inner(k, k))) / x.n;
        const entries = k.toNumbers();
        const h = map(y, (_, i) => {
          let sum = 0;
          for (let j = 0; j < x.n; j++) sum += (entries[i * x.n + j] ?? NaN) * at(y, j, 0);
          return sum / x.n / size;
        });
        const risk =
          frobenius(
            map(h, (v, i) => v - at(y, i, 0)),
            map(h, (v, i) => v - at(y, i, 0)),
          ) / x.n;
        const [kta] = await values(["ka"], asGram(k, "k"), y);
        expect(risk).toBeLessThanOrEqual(2 * (1 - kta) + rounding);
      }
    });
  });
});
