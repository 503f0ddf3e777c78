// Lipschitz constants: exact for linear maps, a product for networks, never below what is seen.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { heads, lipschitz, loadNetwork, type NetworkLayer, Representation } from "../../lib/index.ts";
import { represent } from "../property/ask.ts";
import { type Features, features, map } from "../twin/features.ts";
import { svd } from "../twin/jacobi.ts";
import { network } from "../twin/network.ts";
import { gaussian } from "../twin/random.ts";

const headOf = (w: Features) => heads.linear({ weights: w.data, shape: [w.n, w.d] });
const normOf = async (w: Features): Promise<number> => (await headOf(w).lipschitz()).constant;

test("‖W‖₂ is the largest singular value, and never below it", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 12 }),
      fc.nat(1000),
      fc.constantFrom(1e-200, 1e-8, 1, 1e8, 1e150),
      async (n, d, seed, size) => {
        const w = gaussian(n, d, seed);
        const largest = svd(w).values[0]! * size;
        const found = await normOf(map(w, (value) => value * size));
        // Enlarged by (12·12 + 10·12)·2^-53 at most; the twin's own rounding is 12·2^-53 or so.
        expect(found / largest).toBeGreaterThan(1 - 3e-15);
        expect(found / largest).toBeLessThan(1 + 1e-13);
      },
    ),
    { numRuns: 100 },
  );
});

test.each([
  ["a matrix of zeros", features(3, 4, () => 0), 0],
  ["one number", features(1, 1, () => -3), 3],
  ["one row", features(1, 4, (_, j) => [1, 2, 2, 4][j]!), 5],
  ["one column", features(4, 1, (i) => [1, 2, 2, 4][i]!), 5],
  ["rank 1", features(3, 3, (i, j) => (i + 1) * (j + 1)), 14],
  ["equal singular values", features(4, 4, (i, j) => (i === j ? 2 : 0)), 2],
  ["a zero column", features(2, 2, (i, j) => (j === 0 ? 0 : 3 + i)), 5],
])("of %s it is known", async (_, w, norm) => {
  const found = await normOf(w);
  expect(found).toBeGreaterThanOrEqual(norm);
  // (4·4 + 10·4)·2^-53.
  expect(found).toBeLessThanOrEqual(norm * (1 + 1e-14));
});

test("the norm is not lost where a power iteration would begin in the wrong place or stall", async () => {
  // The ones vector is orthogonal to the leading direction, and the two largest values differ by 10⁻¹².
  const w = features(2, 2, (i, j) => (i === 0 ? [1, -1][j]! * (1 + 1e-12) : 1));
  expect(await normOf(w)).toBeGreaterThanOrEqual(Math.SQRT2 * (1 + 1e-12));
  expect(await normOf(w)).toBeLessThan(Math.SQRT2 * (1 + 1.1e-12));
});

describe("constants of activations", () => {
  /** The largest slope of an activation of one number, by differences on a fine grid. */
  async function steepest(layer: NetworkLayer): Promise<number> {
    const step = 1e-4;
    const grid = features(200_001, 1, (i) => (i - 100_000) * step);
    const values = (await heads.network([layer], { inputs: 1 }).apply(represent(grid, "grid"))).toFloat64Array();
    let most = 0;
    for (let i = 1; i < values.length; i += 1) most = Math.max(most, Math.abs(values[i]! - values[i - 1]!) / step);
    return most;
  }

  test.each<NetworkLayer>([
    { kind: "relu" },
    { kind: "leaky_relu", slope: 0.2 },
    { kind: "leaky_relu", slope: -1.5 },
    { kind: "tanh" },
    { kind: "sigmoid" },
    { kind: "gelu" },
    { kind: "gelu_tanh" },
    { kind: "silu" },
  ])("%o: never exceeded, and reached to a thousandth", async (layer) => {
    const { constant, method } = await heads.network([layer], { inputs: 1 }).lipschitz();
    const seen = await steepest(layer);
    expect(method).toBe("spectral-product");
    // Differences of values up to 15 over 10⁻⁴ carry roundings of 10⁻¹¹.
    expect(seen).toBeLessThanOrEqual(constant + 1e-10);
    expect(seen).toBeGreaterThan(0.999 * constant);
  });

  test("softmax: ½, by pairs near (½, ½) and never exceeded at any", async () => {
    const softmax: NetworkLayer = { kind: "softmax" };
    const { constant } = await heads.network([softmax], { inputs: 4 }).lipschitz();
    const ratio = (x: Features): number => {
      const g = network([softmax], x).data;
      const apart = (values: Float64Array): number =>
        Math.hypot(...values.subarray(0, x.d).map((value, j) => value - values[x.d + j]!));
      return apart(g) / apart(x.data);
    };
    const near = features(2, 4, (i, j) => [i * 1e-4, -i * 1e-4, -40, -40][j]!);
    expect(ratio(near)).toBeGreaterThan(0.4999);
    for (let seed = 0; seed < 500; seed += 1) {
      const x = map(gaussian(2, 4, seed), (value) => value * (1 + (seed % 7)));
      expect(ratio(x)).toBeLessThanOrEqual(constant);
    }
  });
});

test("a network's constant is the product of its parts, each with its name", async () => {
  const w = gaussian(3, 2, 1);
  const head = heads.network([
    { kind: "linear", weights: w.data, shape: [3, 2], name: "l.0" },
    { kind: "gelu" },
    { kind: "leaky_relu" },
    { kind: "layer_norm", weights: Float64Array.of(1, 1, 1), lipschitz: 2 },
    { kind: "sigmoid" },
  ]);
  const { constant, method, parts } = await head.lipschitz();
  expect(parts.map(({ name }) => name)).toEqual(["l.0", "gelu", "leaky_relu(0.01)", "layer_norm3", "sigmoid"]);
  expect(parts.map((part) => part.constant).slice(1)).toEqual([1.129, 1, 2, 0.25]);
  expect(constant).toBe(parts.reduce((product, part) => product * part.constant, 1));
  expect(method).toBe("spectral-product");
});

test("a linear head is exact, one of no layers is 1, a given constant is given", async () => {
  expect((await headOf(gaussian(2, 2, 1)).lipschitz()).method).toBe("exact");
  expect(await heads.network([], { inputs: 3 }).lipschitz()).toEqual({ constant: 1, method: "exact", parts: [] });
  const norm: NetworkLayer = { kind: "layer_norm", weights: Float64Array.of(1, -2) };
  const given = { constant: 7, method: "given", parts: [] };
  expect(await heads.network([norm], { lipschitz: 7 }).lipschitz()).toEqual(given);
  const own = heads.fromFunction((x) => x, { inputs: 1, outputs: 1, lipschitz: 7 });
  expect(await own.lipschitz()).toEqual(given);
});

test("without a constant there is none: layer norms and functions", async () => {
  const norm: NetworkLayer = { kind: "layer_norm", weights: Float64Array.of(1, -2), epsilon: 0.01, name: "ln" };
  await expect(lipschitz(heads.network([norm]))).rejects.toMatchObject({
    code: "NOT_LIPSCHITZ",
    // 2/√0.01.
    message: expect.stringMatching(/constant for ln .*√ε = 20\.00/) as string,
  });
  const own = heads.fromFunction((x) => x, { inputs: 1, outputs: 1 });
  await expect(lipschitz(own)).rejects.toMatchObject({ code: "NOT_LIPSCHITZ" });
});

describe("what is seen on samples", () => {
  test("never exceeds the constant, over random networks", async () => {
    const kinds = ["relu", "tanh", "sigmoid", "gelu", "gelu_tanh", "silu", "softmax"] as const;
    await fc.assert(
      fc.asyncProperty(fc.nat(10_000), fc.constantFrom(...kinds), fc.constantFrom(...kinds), async (seed, a, b) => {
        const [first, second] = [gaussian(5, 4, seed), gaussian(3, 5, seed + 1)];
        const head = heads.network([
          { kind: "linear", weights: first.data, shape: [5, 4] },
          { kind: a },
          { kind: "linear", weights: second.data, shape: [3, 5] },
          { kind: b },
        ]);
        const samples = represent(
          map(gaussian(40, 4, seed + 2), (x) => x * 10 ** ((seed % 5) - 2)),
          "z",
        );
        const { constant, sampled } = await lipschitz(head, { samples, seed });
        expect(sampled!.constant).toBeLessThanOrEqual(constant);
        expect(sampled!.pairs).toBe(8 * 39);
      }),
      { numRuns: 150 },
    );
  });

  test("is close to ‖W‖₂ where many rows are tried in few dimensions, and the same for the same seed", async () => {
    const head = headOf(features(2, 2, (i, j) => (i === j ? 1 + 2 * i : 0)));
    const samples = represent(gaussian(400, 2, 5), "z");
    const [one, again, other] = await Promise.all([
      lipschitz(head, { samples, seed: 3 }),
      lipschitz(head, { samples, seed: 3, threads: 3 }),
      lipschitz(head, { samples, seed: 4 }),
    ]);
    expect(one.sampled!.constant).toBeGreaterThan(2.99);
    expect(one.sampled).toEqual(again.sampled);
    expect(other.sampled).not.toEqual(one.sampled);
  });

  test("is nothing for one row, rows that are all alike, or no samples", async () => {
    const head = headOf(gaussian(2, 3, 1));
    expect((await lipschitz(head, { samples: represent(gaussian(1, 3, 1), "z") })).sampled).toBeNull();
    expect(
      (
        await lipschitz(head, {
          samples: represent(
            features(5, 3, () => 1),
            "z",
          ),
        })
      ).sampled,
    ).toBeNull();
    expect((await lipschitz(head)).sampled).toBeNull();
  });

  test("is refused for samples of another width, and for what is no head", async () => {
    const head = headOf(gaussian(2, 3, 1));
    const samples = represent(gaussian(4, 2, 1), "z");
    await expect(lipschitz(head, { samples })).rejects.toMatchObject({ code: "SHAPE_MISMATCH" });
    await expect(lipschitz({} as typeof head)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  });
});

test("of the bundled networks: every point has a constant, and the product grows with what is behind", async () => {
  const mlp = await loadNetwork("examples/mnist/mlp-a.weights.safetensors");
  const layers = await Representation.loadAll("examples/mnist/mlp-a.safetensors");
  const found = await Promise.all(layers.map((samples) => lipschitz(mlp.head(samples.name), { samples })));
  expect(found.map(({ method }) => method)).toEqual(["spectral-product", "spectral-product", "exact", "exact"]);
  for (const { constant, sampled } of found.slice(0, 3)) expect(sampled!.constant).toBeLessThan(constant);
  // Of the identity the two are the same, to the rounding of a root of a quotient.
  expect(found[3]).toMatchObject({ constant: 1, sampled: { constant: 1 } });
});
