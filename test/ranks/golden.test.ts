import { describe, expect, it } from "vitest";
import { goldenPairs } from "../reference/golden.ts";
import { squaredDistances } from "./plain-ranks.ts";
import { runRanks, sourceOf } from "./run-ranks.ts";

/** Over all pairs ½N(N−1): the share that ties. */
function tiedShare(values: Float64Array): number {
  const sorted = values.toSorted();
  let tied = 0;
  for (let begin = 0, end = 0; begin < sorted.length; begin = end) {
    while (end < sorted.length && sorted[end] === sorted[begin]) end++;
    tied += ((end - begin) * (end - begin - 1)) / 2;
  }
  return tied / ((values.length * (values.length - 1)) / 2);
}

describe.each(goldenPairs())("rank correlations of $name", ({ x, y, values }) => {
  const layers = [x, y];
  const pairs = Uint32Array.of(0, 1);

  it("Spearman, and Kendall where the reference has it", async () => {
    const { spearman, kendall } = await runRanks(
      layers.map((layer) => sourceOf(layer)),
      { pairs },
    );
    // What is promised for f64: the ninth digit.
    expect(Math.abs(spearman[0]! / (values["rsa.euclidean.spearman"] ?? NaN) - 1)).toBeLessThan(1e-9);
    const tauB = values["rsa.euclidean.kendall-b"];
    if (tauB !== undefined) {
      const [tiesX, tiesY] = layers.map((layer) => tiedShare(squaredDistances(layer))) as [number, number];
      expect(Math.abs(kendall[0]! / Math.sqrt((1 - tiesX) * (1 - tiesY)) / tauB - 1)).toBeLessThan(1e-9);
    }
  });

  it("Spearman of distances found in f32", async () => {
    const sources = layers.map((layer) => sourceOf(layer, "features", "f32"));
    const { spearman } = await runRanks(sources, { pairs, precision: "f32", wants: ["spearman"] });
    // Distances are right to the sixth digit, which moves few of them past a neighbour in rank.
    expect(Math.abs(spearman[0]! / (values["rsa.euclidean.spearman"] ?? NaN) - 1)).toBeLessThan(1e-6);
  });
});
