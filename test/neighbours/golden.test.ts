import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { goldenPairs } from "../reference/golden.ts";
import { neighbourLists } from "./plain-lists.ts";
import { runScores } from "./run-scores.ts";

const platonic = JSON.parse(
  readFileSync(new URL("../reference/golden/mnist.platonic-rep.json", import.meta.url), "utf8"),
) as Record<string, Record<string, number>>;

const k = 10;

describe.each(goldenPairs())("neighbours of $name", ({ name, x, y, values }) => {
  it.each(["raw", "unit"] as const)("platonic-rep's own numbers, %s rows", async (rows) => {
    const lists = [x, y].map((layer) => neighbourLists(layer, k, rows));
    const wants = ["mutual", "platonicCycle", "platonicLcs", "platonicCknna"] as const;
    const scores = await runScores(lists, [[0, 1]], wants);
    const prefix = rows === "raw" ? "raw" : "l2";
    for (const [w, key] of ["mutual_knn", "cycle_knn", "lcs_knn", "cknna"].entries()) {
      const expected = platonic[name]?.[`${prefix}.${key}`] ?? NaN;
      // Theirs are computed in f32, which holds seven digits of numbers up to 4.
      expect({ key, error: Math.abs(scores[w]![0]! - expected) <= 1e-6 || [scores[w]![0], expected] }).toEqual({
        key,
        error: true,
      });
    }
  });

  it("the definitions' numbers, cosine", async () => {
    const lists = [x, y].map((layer) => neighbourLists(layer, k, "unit"));
    const scores = await runScores(lists, [[0, 1]], ["mutual", "lcs", "jaccard"]);
    for (const [w, key] of ["mutualKnn.k10", "lcsKnn.k10", "jaccardKnn.k10"].entries()) {
      // Means of 1000 fractions: rounding alone.
      expect(Math.abs(scores[w]![0]! - (values[key] ?? NaN))).toBeLessThan(1e-12);
    }
  });
});
