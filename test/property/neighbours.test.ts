import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { NativeSource } from "../../lib/native.ts";
import { represent } from "./ask.ts";
import { type DoubleDouble, divide, multiply, negate, squareRoot, toNumber } from "../twin/double-double.ts";
import { type Features, roundToFloat32 } from "../twin/features.ts";
import { dot, squaredDistance } from "../twin/gram.ts";
import { Representation } from "../../lib/index.ts";
import { widen } from "../../lib/half.ts";
import { uniform } from "../twin/random.ts";
import { featuresOf, type Map, runEngine, unitRowsOf } from "./run-engine.ts";
import { hardships, related, shapes } from "./scenario.ts";

// Fixed seeds: a failure is the same failure everywhere.
const runs = { seed: 20251125, numRuns: 6 };

interface Ranked {
  readonly map: Map;
  readonly unitRows?: boolean;
  /** The number that neighbours are ranked by, in 32 digits, and a size that its rounding is relative to. */
  readonly rank: (x: Features, i: number, j: number) => DoubleDouble;
  readonly size: (x: Features, i: number, j: number) => number;
  readonly value: (rank: number) => number;
}

const cosine = (x: Features, i: number, j: number): DoubleDouble =>
  divide(dot(x, i, j), squareRoot(multiply(dot(x, i, i), dot(x, j, j))));
const lengths = (x: Features, i: number, j: number): number =>
  Math.sqrt(toNumber(dot(x, i, i)) * toNumber(dot(x, j, j)));
const minusSquare = (x: Features, i: number, j: number): DoubleDouble => negate(squaredDistance(x, i, j));
const square = (x: Features, i: number, j: number): number => toNumber(squaredDistance(x, i, j));
const byDistance = { rank: minusSquare, size: square } as const;

const ranked: Readonly<Record<string, Ranked>> = {
  linear: { map: { map: "linear" }, rank: dot, size: lengths, value: (v) => v },
  "cosine of features": { map: { map: "cosine" }, rank: cosine, size: () => 1, value: (v) => v },
  "cosine of unit rows": { map: { map: "linear" }, unitRows: true, rank: cosine, size: () => 1, value: (v) => v },
  distance: { map: { map: "distance" }, ...byDistance, value: (v) => -Math.sqrt(-v) },
  rbf: {
    map: { map: "rbf", bandwidth: 3, typicalDistance: 3 },
    ...byDistance,
    value: (v) => Math.exp(v / 18),
  },
  laplacian: {
    map: { map: "laplacian", bandwidth: 3, typicalDistance: 3 },
    ...byDistance,
    value: (v) => Math.exp(-Math.sqrt(-v) / 3),
  },
  "polynomial of degree 3": {
    map: { map: "polynomial", gamma: 0.5, offset: 1, degree: 3 },
    rank: dot,
    size: lengths,
    value: (v) => (0.5 * v + 1) ** 3,
  },
  // Far below 0 an even power is large again.
  "polynomial of degree 2": {
    map: { map: "polynomial", gamma: 0.5, offset: 0, degree: 2 },
    rank: (x, i, j) => {
      const product = dot(x, i, j);
      return product.hi < 0 ? negate(product) : product;
    },
    size: lengths,
    value: (v) => (0.5 * v) ** 2,
  },
};

/** Ranks of all pairs, and how far f64 may be off them. */
interface Truth {
  readonly kind: Ranked;
  readonly x: Features;
  readonly rank: number[][];
  readonly rounding: number[][];
}

function truthOf(kind: Ranked, x: Features): Truth {
  const table = (entry: (i: number, j: number) => number): number[][] =>
    Array.from({ length: x.n }, (_, i) => Array.from({ length: x.n }, (__, j) => entry(i, j)));
  return {
    kind,
    x,
    rank: table((i, j) => toNumber(kind.rank(x, i, j))),
    rounding: table((i, j) => 4 * (x.d + 4) * 2 ** -53 * kind.size(x, i, j)),
  };
}

/**
 * Holds one list to the definition. Samples whose ranks differ by less than rounding in f64 (sums of d products err by at most d·u of
 * their size, norms double it) may stand in either order; equal rows must stand in the order of their indices.
 */
function expectList(truth: Truth, i: number, indices: Uint32Array, values: Float64Array): void {
  const { kind, x } = truth;
  const count = indices.length;
  const rank = truth.rank[i] ?? [];
  const rounding = truth.rounding[i] ?? [];
  expect(new Set([...indices, i]).size).toBe(count + 1);
  const same = (a: number, b: number): boolean =>
    x.data.subarray(a * x.d, (a + 1) * x.d).every((value, k) => value === x.data[b * x.d + k]);
  const inList = new Set(indices);
  for (const [p, j] of indices.entries()) {
    const r = rank[j] ?? NaN;
    const value = kind.value(r);
    const atMost = (rounding[j] ?? NaN) + 1e-300;
    const slope = Math.abs(kind.value(r + atMost) - value) + Math.abs(kind.value(r - atMost) - value);
    // Near 0 a root is steeper than any slope beside it.
    const steep = Number.isNaN(slope) ? Math.sqrt(atMost) : slope;
    expect(Math.abs((values[p] ?? NaN) - value)).toBeLessThanOrEqual(2 * steep + 2 ** -50 * Math.abs(value));
    const next = indices[p + 1];
    if (next === undefined) continue;
    expect(r - (rank[next] ?? NaN)).toBeGreaterThanOrEqual(-((rounding[j] ?? NaN) + (rounding[next] ?? NaN)));
    if (same(j, next)) expect(j).toBeLessThan(next);
  }
  const last = indices[count - 1] ?? NaN;
  for (let j = 0; j < x.n; j++) {
    if (j === i || inList.has(j)) continue;
    expect((rank[last] ?? NaN) - (rank[j] ?? NaN)).toBeGreaterThanOrEqual(
      -((rounding[j] ?? NaN) + (rounding[last] ?? NaN)),
    );
    // No equal of one that is left out may have been let in after it.
    for (const k of indices) if (same(j, k)) expect(k).toBeLessThan(j);
  }
}

const sourceOf = (kind: Ranked, layer: Parameters<typeof featuresOf>[0]): NativeSource =>
  kind.unitRows === true ? unitRowsOf(layer) : featuresOf(layer);

describe.each(Object.entries(hardships))("nearest neighbours against the definition, %s", (_, hardship) => {
  it.each(Object.entries(ranked))("%s", async (_name, kind) => {
    await fc.assert(
      fc.asyncProperty(shapes, fc.integer({ min: 1, max: 40 }), fc.nat(20), async (shape, block, some) => {
        const { x } = hardship(related(shape), shape.seed);
        const given = roundToFloat32(x);
        const truth = truthOf(kind, given);
        const count = 1 + (some % (x.n - 1));
        for (const tile of ["f64", "f32"] as const) {
          const source = sourceOf(kind, represent(given, "layer", tile));
          for (const space of ["gram", "neighbours"] as const) {
            const found = await runEngine([source], [kind.map], {
              tile,
              block,
              space,
              neighbours: { operators: Uint32Array.of(0), count },
            });
            for (let i = 0; i < x.n; i++) {
              const indices = found.neighbourIndices[0]?.subarray(i * count, (i + 1) * count) ?? new Uint32Array(0);
              const values = found.neighbourValues[0]?.subarray(i * count, (i + 1) * count) ?? new Float64Array(0);
              expect(indices.length).toBe(count);
              expectList(truth, i, indices, values);
            }
          }
        }
      }),
      runs,
    );
  });
});

describe("lists of neighbours", () => {
  const { x } = related({ n: 301, dx: 24, dy: 3, seed: 8 });
  // Few different rows, so that most ranks are tied; and all different ones.
  const tied: Features = { ...x, data: x.data.map((value) => Math.sign(Math.round(value / 2))) };

  it("are the same for any number of threads, any block and both tile types, ties and all", async () => {
    for (const given of [roundToFloat32(x), tied]) {
      const maps = Object.values(ranked).filter(({ unitRows }) => unitRows !== true);
      const operators = Uint32Array.from(maps.keys());
      const lists = [];
      for (const options of [
        { threads: 1, block: 64, tile: "f64" },
        { threads: 2, block: 64, tile: "f32" },
        { threads: 5, block: 37, tile: "f32" },
      ] as const) {
        const layer = represent(given, "layer", "f32");
        const found = await runEngine(
          [featuresOf(layer)],
          maps.map(({ map }) => map),
          {
            ...options,
            neighbours: { operators, count: 10 },
          },
        );
        lists.push({ indices: found.neighbourIndices, values: found.neighbourValues });
      }
      expect(lists[1]).toEqual(lists[0]);
      expect(lists[2]).toEqual(lists[0]);
    }
  });

  it.each(["f16", "bf16"] as const)("of %s are those of the same numbers in f32", async (dtype) => {
    const [n, d] = [90, 17];
    const next = uniform(17);
    // Exponents near 0 in both types: every code is a number of ordinary size.
    const codes = Uint16Array.from({ length: n * d }, () => {
      const sign = next() < 0.5 ? 0 : 0x8000;
      return sign | (dtype === "f16" ? 0x3800 + Math.floor(next() * 0x800) : 0x3f00 + Math.floor(next() * 0x80));
    });
    const narrow = Representation.fromArray(codes, [n, d], { dtype });
    const wide = Representation.fromArray(Float32Array.from(widen(codes, dtype)), [n, d]);
    const maps = Object.values(ranked).filter(({ unitRows }) => unitRows !== true);
    const options = { tile: "f32", neighbours: { operators: Uint32Array.from(maps.keys()), count: 10 } } as const;
    const find = (layer: Representation): ReturnType<typeof runEngine> =>
      runEngine(
        [featuresOf(layer)],
        maps.map(({ map }) => map),
        options,
      );
    const [found, expected] = [await find(narrow), await find(wide)];
    expect(found.neighbourIndices).toEqual(expected.neighbourIndices);
    for (const [k, values] of found.neighbourValues.entries()) {
      // Loops of another element type may join a product and a sum where these round twice.
      const size = (expected.neighbourValues[k] ?? values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      values.forEach((value, p) => {
        expect(Math.abs(value - (expected.neighbourValues[k]?.[p] ?? NaN))).toBeLessThanOrEqual(1e-14 * size);
      });
    }
  });

  it("do not change what is found beside them", async () => {
    const sources = [featuresOf(represent(x, "layer"))];
    const maps = [{ map: "linear" }, { map: "distance" }] as const;
    const alone = await runEngine(sources, maps);
    const beside = await runEngine(sources, maps, { neighbours: { operators: Uint32Array.of(1, 0), count: 3 } });
    expect(beside.inner).toEqual(alone.inner);
    expect(beside.moments).toEqual(alone.moments);
    expect(alone.neighbourIndices).toEqual([]);
    expect(beside.neighbourIndices.length).toBe(2);
  });

  it("of a Gram matrix are its own entries", async () => {
    const n = 40;
    const data = Float64Array.from({ length: n * n }, (_, k) => ((Math.min(k % n, Math.floor(k / n)) * 7) % 11) - 5);
    const symmetric = data.map(
      (_, k) => data[Math.min(k % n, Math.floor(k / n)) * n + Math.max(k % n, Math.floor(k / n))] ?? NaN,
    );
    const source: NativeSource = { kind: "gram", matrix: { data: symmetric, dtype: "f64", rows: n, cols: n } };
    const found = await runEngine([source], [{ map: "linear" }], {
      tile: "f32",
      neighbours: { operators: Uint32Array.of(0), count: 6 },
    });
    for (let i = 0; i < n; i++) {
      const order = Array.from({ length: n }, (_, j) => j)
        .filter((j) => j !== i)
        .sort((a, b) => (symmetric[i * n + b] ?? NaN) - (symmetric[i * n + a] ?? NaN) || a - b)
        .slice(0, 6);
      expect([...(found.neighbourIndices[0]?.subarray(i * 6, i * 6 + 6) ?? [])]).toEqual(order);
      expect([...(found.neighbourValues[0]?.subarray(i * 6, i * 6 + 6) ?? [])]).toEqual(
        order.map((j) => symmetric[i * n + j]),
      );
    }
  });

  it("exist of rows that all point one way", async () => {
    const line: Features = { n: 9, d: 2, data: Float64Array.from({ length: 18 }, (_, k) => 1 + Math.floor(k / 2)) };
    const found = await runEngine([unitRowsOf(represent(line, "line"))], [{ map: "linear" }, { map: "distance" }], {
      neighbours: { operators: Uint32Array.of(0, 1), count: 2 },
    });
    expect([...(found.neighbourIndices[0] ?? [])].slice(0, 6)).toEqual([1, 2, 0, 2, 0, 1]);
    expect(found.neighbourIndices[1]).toEqual(found.neighbourIndices[0]);
    expect(found.neighbourValues[0]).toEqual(new Float64Array(18).fill(1));
  });
});
