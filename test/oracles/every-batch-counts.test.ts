import { describe, expect, it } from "vitest";
import { cka, compare } from "../../lib/index.ts";
import { features } from "../twin/features.ts";
import { gaussian } from "../twin/random.ts";
import { represent } from "../property/ask.ts";
import { related } from "../property/scenario.ts";

// Traps: minibatch CKA that keeps only the last batch; that divides by the number of layers rather than of batches, so that a layer is
// not 1 with itself; that fails on, or divides by zero in, a last batch of three samples or fewer.

describe("minibatch CKA", () => {
  it("moves when any part of the samples moves", async () => {
    const { x, y } = related({ n: 60, dx: 6, dy: 7, seed: 20 });
    const options = { estimator: "minibatch", batch: 10, seed: 4 } as const;
    const before = (await cka(represent(x, "x"), represent(y, "y"), options)).value;
    for (let block = 0; block < 60; block++) {
      // One sample at a time: each is in some batch, so each must count.
      const moved = features(60, 7, (i, j) => (y.data[i * 7 + j] ?? NaN) + (i === block ? 3 : 0));
      const after = (await cka(represent(x, "x"), represent(moved, "y"), options)).value;
      expect(Math.abs(after - before)).toBeGreaterThan(1e-6);
    }
  });

  it("is 1 on the diagonal, for any number of layers and batches", async () => {
    const layers = [3, 5, 8, 13, 21].map((d, i) => represent(gaussian(50, d, 30 + i), `layer ${i}`));
    for (const batch of [4, 7, 25, 50]) {
      const matrix = (await compare(layers, undefined, { metrics: ["cka.minibatch"], batch })).matrix("cka");
      for (let i = 0; i < 5; i++) expect(matrix.values[i * 6]).toBeCloseTo(1, 12);
    }
  });

  it.each([1, 2, 3])("takes %d samples more than whole batches in its stride", async (extra) => {
    const n = 40 + extra;
    const { x, y } = related({ n, dx: 6, dy: 7, seed: 21 });
    const result = await compare([represent(x, "x")], [represent(y, "y")], { metrics: ["cka.minibatch"], batch: 10 });
    const { value, status } = result.get("cka", 0, 0);
    expect(status).toBe("ok");
    expect(value).toBeGreaterThan(-1);
    expect(value).toBeLessThan(1.2); // the ratio of averages is not bounded by 1, but not far from it
  });

  it("loses one layer, not the run, to a constant layer", async () => {
    const layers = [
      represent(gaussian(40, 3, 1), "a"),
      represent(
        features(40, 2, () => 1),
        "dead",
      ),
      represent(gaussian(40, 4, 2), "b"),
    ];
    const result = await compare(layers, undefined, { metrics: ["cka.minibatch"], batch: 10 });
    expect(result.get("cka", "a", "b").status).toBe("ok");
    expect(result.get("cka", "a", "dead").status).toBe("undefined");
  });
});
