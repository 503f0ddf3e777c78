import { describe, expect, it } from "vitest";

import {
  type Cell,
  compare,
  type Comparison,
  cosine,
  GramMatrix,
  laplacian,
  linear,
  type MetricMatrix,
  polynomial,
  rbf,
  type Representation,
} from "../../lib/index.ts";
import { type Features, at, features, map, selectRows } from "../twin/features.ts";
import { gaussian } from "../twin/random.ts";
import { represent } from "../property/ask.ts";

const n = 12;
const width = 4;
// Small enough for KMI to exist.
const sound = map(gaussian(n, width, 500), (value) => 0.3 * value);

type Layer = Representation | GramMatrix;

/** Layers among which one bad one must do no harm. */
const good: readonly Layer[] = [
  represent(sound, "good 0"),
  represent(
    map(sound, (value, i, j) => value + 0.2 * at(gaussian(n, width, 501), i, j)),
    "good 1",
  ),
];

/** An n×n matrix whose spectrum has both signs. */
function indefinite(): GramMatrix {
  const data = features(n, n, (i, j) => (i === j ? (i % 2 === 0 ? 1 : -1) : 0.3 / (1 + Math.abs(i - j))));
  return GramMatrix.fromArray(data.data, n, { name: "bad" });
}

interface Bad {
  readonly layer: () => Layer;
  /** Whether a metric has a number for it beside a good layer. */
  readonly defined: (metric: string, variant: string | null) => boolean;
}

const ofKernels = /^(da|platonic-.*|.*-knn|cknna)$/;
const ofOneSpace = /^(mmd2|gaussian-w2)$/;
// With no variance: a covariance is 0, τ-a counts nothing but ties, means differ all the same, and a map from it has its error.
const withoutVariance = /^(hsic|dcov2|rsa-kendall|mmd2|(affine-)?misalignment)$/;

const same: Bad["defined"] = (metric) => withoutVariance.test(metric) || ofKernels.test(metric) || metric === "ka";

const bad: Readonly<Record<string, Bad>> = {
  "all zeros": {
    layer: () =>
      represent(
        features(n, width, () => 0),
        "bad",
      ),
    defined: (metric) => withoutVariance.test(metric),
  },
  "every row the same": {
    layer: () =>
      represent(
        map(sound, (_, __, j) => at(sound, 0, j)),
        "bad",
      ),
    defined: same,
  },
  "every entry the same": {
    layer: () =>
      represent(
        map(sound, () => 3.7),
        "bad",
      ),
    defined: same,
  },
  "one zero row": {
    layer: () =>
      represent(
        map(sound, (value, i) => (i === 4 ? 0 : value)),
        "bad",
      ),
    defined: (metric) => !ofKernels.test(metric),
  },
  "an indefinite Gram matrix": {
    layer: indefinite,
    defined: (metric) => ofKernels.test(metric) || /^(cka|ka|hsic)$/.test(metric),
  },
  "another width": {
    layer: () =>
      represent(
        map(gaussian(n, 9, 502), (value) => 0.2 * value),
        "bad",
      ),
    defined: (metric) => !ofOneSpace.test(metric),
  },
  "one feature": {
    layer: () =>
      represent(
        map(gaussian(n, 1, 503), (value) => 0.2 * value),
        "bad",
      ),
    defined: (metric) => !ofOneSpace.test(metric),
  },
  "rows constant over features": {
    layer: () =>
      represent(
        map(sound, (_, i) => at(sound, i, 0)),
        "bad",
      ),
    defined: () => true,
  },
  "all rows but one the same": {
    layer: () =>
      represent(
        map(sound, (v, i, j) => (i === 2 ? v : at(sound, 0, j))),
        "bad",
      ),
    // One distance among n: U-centred, nothing is left of it.
    defined: (metric, variant) => !(variant === "debiased" && /^(cka|dcor2)$/.test(metric)),
  },
};

/** Says what is wrong with the cells themselves: a value without a reason is a number, a reason comes with none (or with +∞). */
function dishonest(matrix: MetricMatrix): string[] {
  return Array.from(matrix.values).flatMap((value, k) => {
    const reason = matrix.status[k] === 0 ? null : matrix.reasons[matrix.status[k]! - 1]!;
    if (reason === null) return Number.isFinite(value) ? [] : [`${matrix.key}: ${value} without a reason`];
    const text = /^[a-zA-Zκνλτ].{10,}/.test(reason) && !/NaN|undefined|null|\[object/.test(reason);
    if (!text) return [`${matrix.key}: "${reason}" is no reason`];
    return Number.isNaN(value) || value === Infinity ? [] : [`${matrix.key}: ${value} beside "${reason}"`];
  });
}

const cell = (matrix: MetricMatrix, row: number, column: number): Cell => {
  const k = row * matrix.columns + column;
  const status = matrix.status[k]!;
  const reason = status === 0 ? null : matrix.reasons[status - 1]!;
  return { value: matrix.values[k]!, status: reason === null ? "ok" : "undefined", reason };
};

/** Cells between good layers that are not what they are without the bad layer at `at`. */
function disturbed(without: Comparison, among: Comparison, places: readonly number[]): object[] {
  return without.matrices.flatMap((matrix, m) =>
    places.flatMap((row, i) =>
      places.flatMap((column, j) => {
        const [before, after] = [cell(matrix, i, j), cell(among.matrices[m]!, row, column)];
        if (before.reason !== null || after.reason !== null) {
          return before.reason === after.reason ? [] : [{ key: matrix.key, before, after }];
        }
        // The same sums in another stack of layers: their order may change, no more.
        const tolerance = 1e-12 * Math.abs(before.value);
        return Math.abs(after.value - before.value) <= tolerance ? [] : [{ key: matrix.key, i, j, before, after }];
      }),
    ),
  );
}

describe.each(["paper", "platonic"] as const)("one bad layer among good ones, preset %s", (metrics) => {
  it.each(Object.entries(bad))("%s", async (_, { layer, defined }) => {
    const options = { metrics, precision: "f64" } as const;
    const without = await compare(good, undefined, options);
    const among = await compare([good[0]!, layer(), good[1]!], undefined, options);
    expect(among.matrices.flatMap(dishonest)).toEqual([]);
    expect(disturbed(without, among, [0, 2])).toEqual([]);
    // Its own row and column: numbers where there are some, and else a reason that names it or its side.
    const wrong = among.matrices.flatMap((matrix) =>
      [cell(matrix, 1, 0), cell(matrix, 0, 1)]
        .filter(({ value, reason }) =>
          defined(matrix.metric, matrix.variant)
            ? reason !== null && value !== Infinity
            : reason === null || !/bad|(row|column) layer|features do not live in one space/.test(reason),
        )
        .map((found) => ({ key: matrix.key, ...found })),
    );
    expect(wrong).toEqual([]);
    const coarse = await compare([good[0]!, layer(), good[1]!], undefined, { metrics, precision: "f32" });
    expect(coarse.matrices.flatMap(dishonest)).toEqual([]);
  });
});

describe("one bad layer among good ones, under several kernels and with tests and intervals", () => {
  const kernel = [linear(), cosine(), rbf(), laplacian(), polynomial({ degree: 2 })];
  it.each(Object.entries(bad))("%s", async (_, { layer }) => {
    for (const options of [
      { metrics: "paper", kernel },
      { metrics: "platonic", kernel },
      { metrics: "paper", permutations: 20, intervals: { method: "jackknife" } },
      { metrics: ["ka", "cka", "dcor2"], kernel, intervals: { method: "bootstrap", resamples: 20 } },
    ] as const) {
      const without = await compare(good, undefined, { ...options, precision: "f64" });
      const among = await compare([good[0]!, layer(), good[1]!], undefined, { ...options, precision: "f64" });
      expect(among.matrices.flatMap(dishonest)).toEqual([]);
      expect(disturbed(without, among, [0, 2])).toEqual([]);
      for (const { key, values, test, intervals } of among.matrices) {
        const before = without.matrix(key).test;
        expect({ key, p: test?.pValues[2] }).toEqual({ key, p: before?.pValues[1] });
        // Nothing is said of cells without a number.
        const said = [test?.pValues, test?.nullMean, intervals?.low, intervals?.high].flatMap((numbers) =>
          Array.from(numbers ?? []).filter((number, k) => Number.isNaN(values[k]!) && !Number.isNaN(number)),
        );
        expect({ key, said }).toEqual({ key, said: [] });
      }
    }
  });

  it("all of them at once, rows against columns", async () => {
    const layers = [...good, ...Object.values(bad).map(({ layer }) => layer())];
    const without = await compare(good, good, { metrics: "paper", kernel, precision: "f64" });
    const among = await compare(layers, layers.toReversed(), { metrics: "paper", kernel, precision: "f64" });
    expect(among.matrices.flatMap(dishonest)).toEqual([]);
    const last = layers.length - 1;
    const wrong = without.matrices.flatMap((matrix, m) =>
      [0, 1].flatMap((i) =>
        [0, 1].flatMap((j) => {
          const [before, after] = [cell(matrix, i, j), cell(among.matrices[m]!, i, last - j)];
          const close = Math.abs(after.value - before.value) <= 1e-12 * Math.abs(before.value);
          return Object.is(after.value, before.value) || close ? [] : [{ key: matrix.key, i, j, before, after }];
        }),
      ),
    );
    expect(wrong).toEqual([]);
  });
});

describe.each([1, 2, 3])("%i samples", (samples) => {
  it.each(["paper", "platonic"] as const)("preset %s", async (metrics) => {
    const rows = Array.from({ length: samples }, (_, i) => i);
    const few = (x: Features): Features => selectRows(x, rows);
    const layers = [represent(few(sound), "a"), represent(few(gaussian(n, width, 504)), "b")];
    const result = await compare(layers, undefined, { metrics, precision: "f64" });
    expect(result.matrices.flatMap(dishonest)).toEqual([]);
  });
});
