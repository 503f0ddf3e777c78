import { describe, expect, it } from "vitest";

import { summaryText } from "../../lib/report/summary-text.ts";
import type { ComparisonData, MetricMatrix } from "../../lib/result.ts";
import { matrix, smallComparison, withHoles } from "./sample.ts";

const small = smallComparison();
const shape = { rows: 5, columns: 4 };
const given = (matrices: readonly MetricMatrix[], more: Partial<ComparisonData> = {}): ComparisonData => ({
  ...small,
  ...more,
  matrices,
});
const lines = (data: ComparisonData, width = 100): string[] => summaryText(data, { width }).split("\n");
const cka = matrix(shape, { key: "cka" }, (i, j) => (i === 2 && j === 1 ? 0.9 : 0.1 * i + 0.01 * j));

describe("a summary", () => {
  it("has a line for each metric below its family: least, greatest and the closest pair", () => {
    const distance = matrix(
      shape,
      { key: "procrustes", label: "Procrustes²", family: "shape", sense: "distance", range: [0, null] },
      (i, j) => 10 + i + 0.5 * j,
    );
    expect(lines(given([cka, distance]))).toEqual([
      "2 metrics   mlp-a ↓  cnn →",
      "                least  greatest  closest pair",
      "Alignment",
      "  CKA          0.0000    0.9000  fc2 – conv2",
      "Subspace and shape",
      "  Procrustes²   10.00     15.50  input – conv1",
    ]);
  });

  it("names no pair where the greatest value may be that of the largest layer, and points from rows to columns where directed", () => {
    const hsic = matrix(shape, { key: "hsic", label: "HSIC", range: [0, null] }, (i) => i);
    const r2 = { ...cka, key: "r2", label: "R²", symmetric: false };
    const back = { ...r2, label: "R² back", variant: "backward" };
    const text = lines(given([hsic, r2, back]));
    expect(text[3]).toBe("  HSIC          0     4.000");
    expect(text[4]).toBe("  R²       0.0000    0.9000  fc2 → conv2");
    expect(text[5]).toBe("  R² back  0.0000    0.9000  fc2 ← conv2");
  });

  it("counts what has no value and what a test tells from chance, and passes over both otherwise", () => {
    const holm = new Float64Array(20).fill(0.5).fill(0.01, 0, 3);
    const test = {
      permutations: 999,
      seed: 0,
      pairs: 20,
      quantile: 0.95,
      pValues: holm,
      holm,
      benjaminiHochberg: holm,
    };
    const tested = { ...cka, test: { ...test, nullMean: holm, nullQuantile: holm, calibrated: null } };
    const text = lines(given([tested, withHoles({ ...cka, label: "KA" }, [9, 0], "constant")]));
    expect(text[1]).toBe("        least  greatest  no value  p < 0.05  closest pair");
    expect(text[3]).toBe("  CKA  0.0000    0.9000             3 of 20  fc2 – conv2");
    expect(text[4]).toBe("  KA   0.0100    0.4300   2 of 20            logits – logits");
  });

  it("says once where permutations are too few for any find", () => {
    const p = new Float64Array(20).fill(1 / 100);
    const few = {
      permutations: 99,
      seed: 0,
      pairs: 20,
      quantile: 0.95,
      pValues: p,
      holm: p.map((value) => 20 * value),
    };
    const test = { ...few, benjaminiHochberg: p, nullMean: p, nullQuantile: p, calibrated: null };
    const text = lines(
      given([
        { ...cka, test },
        { ...cka, label: "KA", test },
      ]),
    );
    expect(text.slice(5)).toEqual(["99 permutations are too few for any: Holm over so many pairs takes 400."]);
  });

  it("leaves layers compared with themselves out, and says so where nothing is left", () => {
    const square = matrix({ rows: 2, columns: 2 }, { key: "cka" }, (i, j) => (i === j ? 1 : 0.25));
    const rows = small.rows.slice(0, 2);
    const [, , , line] = lines(given([square], { rows, columns: rows, symmetric: true }));
    expect(line).toBe("  CKA  0.2500    0.2500  input – fc1");
    const alone = matrix({ rows: 1, columns: 1 }, { key: "cka" }, () => 1);
    const one = small.rows.slice(0, 1);
    expect(lines(given([alone], { rows: one, columns: one, symmetric: true }))[3]).toBe("  CKA      –         –");
  });

  it("keeps within the terminal as long as it has 52 columns", () => {
    const label = "CKNNA (debiased, k 15), laplacian(0.25×median)";
    const data = given([{ ...cka, label }, cka]);
    for (const width of [52, 60, 80]) {
      const longest = Math.max(...lines(data, width).map((line) => line.length));
      expect(longest).toBeLessThanOrEqual(width);
    }
    expect(lines(data, 52)[3]).toMatch(/^ {2}CKNNA.*….*median\)/);
  });
});
