import { describe, expect, it } from "vitest";
import { native } from "../../lib/native.ts";
import { gaussian } from "../twin/random.ts";
import { sourceOf } from "./run-ranks.ts";

type Loose = Record<string, unknown>;

const raw = native() as unknown as Record<"rankJob", (...args: unknown[]) => unknown>;

const n = 6;
const layer = gaussian(n, 3, 1);
const gram = { kind: "gram", matrix: { data: new Float64Array(n * n), dtype: "f64", rows: n, cols: n } };

const spec = (): Loose => ({
  samples: n,
  sources: [sourceOf(layer), sourceOf(layer, "unit")],
  distances: [
    { source: 0, kind: "euclidean" },
    { source: 1, kind: "squared" },
  ],
  pairs: Uint32Array.of(0, 1),
  wants: ["spearman", "kendall"],
  bins: 0,
  precision: "f64",
  threads: 1,
});

const outcome = (change: Loose): Promise<unknown> =>
  new Promise((resolve) => {
    try {
      raw.rankJob({ ...spec(), ...change }, null, (error: unknown) => resolve(error));
    } catch (error) {
      resolve(error);
    }
  });

describe("a rank job", () => {
  it("runs as it is", async () => {
    expect(await outcome({})).toBeNull();
    expect(await outcome({ wants: ["spearman"], bins: 16 })).toBeNull();
    expect(await outcome({ wants: [], pairs: new Uint32Array(0) })).toBeNull();
  });

  it.each<[string, Loose]>([
    ["there is one sample", { samples: 1 }],
    ["n disagrees with the layers", { samples: n + 1 }],
    ["there are more samples than exact ranks are counted for", { samples: 65_537 }],
    ["there are no sources", { sources: [], distances: [] }],
    ["a source is a Gram matrix", { sources: [gram, gram] }],
    ["there are no distances", { distances: [], pairs: new Uint32Array(0) }],
    ["a distance is of no source", { distances: [{ source: 2, kind: "euclidean" }] }],
    ["a distance is of no kind", { distances: [{ source: 0, kind: "cosine" }] }],
    ["a pair is out of range", { pairs: Uint32Array.of(0, 2) }],
    ["pairs are odd", { pairs: Uint32Array.of(0) }],
    ["a want is unknown", { wants: ["pearson"] }],
    ["wants are no array", { wants: "spearman" }],
    ["there is a single bin", { wants: ["spearman"], bins: 1 }],
    ["there are too many bins", { wants: ["spearman"], bins: 2 ** 23 }],
    ["Kendall is asked of bins", { bins: 16 }],
    ["the precision is unknown", { precision: "f16" }],
    ["there are no threads", { threads: 0 }],
  ])("is refused when %s", async (_name, change) => {
    expect(await outcome(change)).toMatchObject({ code: "INVALID_ARGUMENT" });
  });

  it("ends whatever the numbers are", async () => {
    for (const value of [NaN, Infinity, 1e200, -1.7e308, 5e-324]) {
      const data = Float64Array.from({ length: 40 * 3 }, (_, e) => (e % 7 === 0 ? value : e % 3 === 0 ? -value : e));
      const matrix = { data, dtype: "f64", rows: 40, cols: 3 };
      const numbers = { mean: new Float64Array(3), centredNorm2: new Float64Array(40), dotMean: new Float64Array(40) };
      const sources = [{ kind: "features", matrix, ...numbers }, sourceOf({ data, n: 40, d: 3 }, "unit")];
      for (const precision of ["f32", "f64"]) {
        expect(await outcome({ samples: 40, sources, precision })).toBeNull();
        expect(await outcome({ samples: 40, sources, precision, bins: 100, wants: ["spearman"] })).toBeNull();
      }
    }
  });
});
