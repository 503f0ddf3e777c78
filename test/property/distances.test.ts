import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Table } from "../../lib/table.ts";
import { centre, uCentre } from "../twin/centring.ts";
import { dd, divide, multiply, negate, squareRoot, subtract, Sum, toNumber } from "../twin/double-double.ts";
import { at, type Features, roundToFloat32 } from "../twin/features.ts";
import { dot, squaredDistance } from "../twin/gram.ts";
import { inner, Matrix } from "../twin/matrix.ts";
import { represent } from "./ask.ts";
import { norm, unitRoundoff } from "./error-bound.ts";
import { expectWithin } from "./expect-within.ts";
import { featuresOf, runEngine, unitRowsOf } from "./run-engine.ts";
import { hardships, related, shapes } from "./scenario.ts";

// Fixed seeds: a failure is the same failure everywhere.
const runs = { seed: 20251124, numRuns: 10 };

/** As in agreement.ts: how many unit roundoffs an entry and the sums over it gather. */
const roundings = 64;

/** −‖x_i − x_j‖ from the differences themselves. */
function distances(x: Features): Matrix {
  return Matrix.symmetric(x.n, (i, j) => negate(squareRoot(squaredDistance(x, i, j))));
}

/** Pearson's correlation between rows. */
function correlations(x: Features): Matrix {
  const centred = Array.from({ length: x.n }, (_, i) => {
    const sum = new Sum();
    for (let k = 0; k < x.d; k++) sum.add(at(x, i, k));
    const mean = divide(sum.value(), dd(x.d));
    return Array.from({ length: x.d }, (__, k) => subtract(dd(at(x, i, k)), mean));
  });
  const products = Matrix.symmetric(x.n, (i, j) => {
    const sum = new Sum();
    for (const [k, a] of (centred[i] ?? []).entries()) {
      const b = centred[j]?.[k] ?? dd(NaN);
      sum.addProductOfPairs(a.hi, a.lo, b.hi, b.lo);
    }
    return sum.value();
  });
  return Matrix.symmetric(x.n, (i, j) =>
    divide(products.at(i, j), squareRoot(multiply(products.at(i, i), products.at(j, j)))),
  );
}

/**
 * How far the entries of −D may be off, in the Frobenius norm, over u: an inner product of centred rows is off by u·p_i·p_j, and D² by
 * twice that; far from 0 that makes D off by u·p_i·p_j/D, near 0 by the root.
 */
function distanceErrors(x: Features, k: Matrix, u: number): number {
  const means = Array.from({ length: x.d }, (_, j) => {
    const sum = new Sum();
    for (let i = 0; i < x.n; i++) sum.add(at(x, i, j));
    return toNumber(sum.value()) / x.n;
  });
  const p = Array.from({ length: x.n }, (_, i) => Math.hypot(...means.map((mean, j) => at(x, i, j) - mean)));
  let sum = 0;
  for (let i = 0; i < x.n; i++) {
    for (let j = 0; j < x.n; j++) {
      if (i === j) continue;
      const product = (p[i] ?? NaN) * (p[j] ?? NaN);
      const distance = -toNumber(k.at(i, j));
      sum += distance === 0 ? 0 : Math.min(product / distance, Math.sqrt((2 * product) / u)) ** 2;
    }
  }
  return Math.sqrt(sum);
}

interface Side {
  readonly gram: Matrix;
  readonly errors: number;
}

/** Holds the three inner products of all pairs of a table to the twins. */
function expectTable(table: Table, sides: readonly Side[], u: number, what: string): void {
  const centrings = {
    inner: (k: Matrix) => k,
    centredInner: centre,
    debiasedInner: uCentre,
  } as const;
  for (const [name, centring] of Object.entries(centrings)) {
    const kept = sides.map(({ gram }) => centring(gram));
    for (const [a, left] of kept.entries()) {
      for (const [b, right] of kept.entries()) {
        const found = table[name as keyof typeof centrings](a, b);
        const value = (typeof found === "number" ? found : found.value) * table.unit(a, b);
        const [m, w] = [norm(left), norm(right)];
        const [e, f] = [u * (sides[a]?.errors ?? NaN), u * (sides[b]?.errors ?? NaN)];
        // What is stacked is as large as what double centring leaves, whatever the estimator.
        const [s, t] = [norm(centre(sides[a]?.gram ?? left)) + m, norm(centre(sides[b]?.gram ?? right)) + w];
        const tolerance = roundings * (e * w + m * f + e * f + u * (name === "inner" ? m * w + s * t : s * t));
        expectWithin(value, toNumber(inner(left, right)), tolerance, `${name} of ${a} and ${b}, ${what}`);
      }
    }
  }
}

describe.each(Object.entries(hardships))("distances and correlations against the twins, %s", (name, hardship) => {
  it("every inner product of the table, both tile types", async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(shapes, fc.integer({ min: 1, max: 40 }), async (shape, block) => {
        const { x, y } = hardship(related(shape), shape.seed);
        const given = [x, y].map(roundToFloat32);
        const grams = given.map(distances);
        const angles = given.map(correlations);
        for (const tile of ["f64", "f32"] as const) {
          const u = unitRoundoff[tile];
          const layers = given.map((layer, i) => represent(layer, `layer ${i}`, tile));
          const found = await runEngine(layers.map(featuresOf), [{ map: "distance" }], { tile, block });
          const sides = given.map((layer, i) => {
            const gram = grams[i] ?? new Matrix(0);
            return { gram, errors: distanceErrors(layer, gram, u) };
          });
          expectTable(new Table(found, x.n), sides, u, `distance, ${tile}, ${JSON.stringify(shape)}`);
          compared += 1;
          // Rows of one entry have no correlation, and of two only ±1, which rounding decides.
          if (x.d < 3 || y.d < 3) continue;
          const rows = layers.map((layer) => unitRowsOf(layer, true));
          const correlated = await runEngine(rows, [{ map: "linear" }], { tile, block });
          // An offset rounds a row's own mean in f64, whatever the tile.
          const early = name.includes("1e4") ? (1e4 * unitRoundoff.f64) / u : 0;
          const ofRows = angles.map((gram) => ({ gram, errors: norm(gram) + x.n * early }));
          expectTable(new Table(correlated, x.n), ofRows, u, `correlation, ${tile}, ${JSON.stringify(shape)}`);
        }
      }),
      runs,
    );
    expect(compared).toBe(2 * runs.numRuns);
  });
});

describe("distances of unit rows", () => {
  it("are √(2 − 2·cos)", async () => {
    const { x, y } = related({ n: 23, dx: 9, dy: 14, seed: 5 });
    const layers = [x, y].map((layer, i) => represent(layer, `layer ${i}`));
    const table = new Table(
      await runEngine(
        layers.map((layer) => unitRowsOf(layer)),
        [{ map: "distance" }],
      ),
      x.n,
    );
    const grams = [x, y].map((layer) =>
      Matrix.symmetric(x.n, (i, j) => {
        const norms = squareRoot(multiply(dot(layer, i, i), dot(layer, j, j)));
        return i === j ? dd(0) : negate(squareRoot(multiply(dd(2), subtract(dd(1), divide(dot(layer, i, j), norms)))));
      }),
    );
    const u = unitRoundoff.f64;
    // Rows of length 1 a good way apart: an entry is off by a few roundings of 1.
    expectTable(
      table,
      grams.map((gram) => ({ gram, errors: 2 * x.n })),
      u,
      "unit rows",
    );
  });
});

describe("distances, cosines of features and correlations", () => {
  it("are the same to the last bit on one thread and on more", async () => {
    const { x, y } = related({ n: 203, dx: 20, dy: 31, seed: 6 });
    const layers = [x, y].map((layer, i) => represent(layer, `layer ${i}`, "f32"));
    for (const tile of ["f32", "f64"] as const) {
      const maps = [{ map: "cosine" }, { map: "distance" }] as const;
      const rows = layers.map((layer) => unitRowsOf(layer, true));
      const results = [];
      for (const threads of [1, 2, 5]) {
        const first = await runEngine(layers.map(featuresOf), maps, { tile, threads });
        results.push([first, await runEngine(rows, [{ map: "linear" }, { map: "distance" }], { tile, threads })]);
      }
      expect(results[1]).toEqual(results[0]);
      expect(results[2]).toEqual(results[0]);
    }
  });

  it("of rows without a direction end, whatever they are", async () => {
    const data = Float64Array.from({ length: 40 }, (_, k) => (k < 8 ? 7 : Math.sin(k)));
    const layer = represent({ data, n: 10, d: 4 }, "two constant rows");
    for (const source of [
      unitRowsOf(layer, true),
      unitRowsOf(represent({ data: data.fill(3), n: 10, d: 4 }, "flat"), true),
    ]) {
      const found = await runEngine([source], [{ map: "linear" }, { map: "distance" }], {
        neighbours: { operators: Uint32Array.of(0, 1), count: 3 },
      });
      expect([...found.inner, ...found.moments].every(Number.isFinite)).toBe(true);
    }
  });
});
