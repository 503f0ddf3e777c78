import { describe, expect, it } from "vitest";
import { compare } from "../../lib/index.ts";
import { gaussian } from "../twin/random.ts";
import { represent } from "./ask.ts";

/** Biased and debiased CKA of two independent Gaussian representations, with the warnings. */
async function unrelated(
  n: number,
  d: number,
  seed: number,
): Promise<{ biased: number; debiased: number; warnings: string[] }> {
  const layers = [represent(gaussian(n, d, seed), "a", "f32"), represent(gaussian(n, d, seed + 1), "b", "f32")];
  const result = await compare(layers, undefined, { metrics: ["cka", "cka.debiased"] });
  return {
    biased: result.get("cka.biased", "a", "b").value,
    debiased: result.get("cka.debiased", "a", "b").value,
    warnings: result.warnings.map(({ code, message }) => `${code}: ${message}`),
  };
}

describe("independent Gaussians", () => {
  it.each([
    // n, d, d/(n + d): ⟨K̃_1, K̃_2⟩ ≈ nd² against ‖K̃‖² ≈ nd² + n²d
    [128, 768, 0.857],
    [512, 768, 0.6],
    [256, 64, 0.2],
  ])("n = %d, d = %d: biased about %d, debiased about 0", async (n, d, expected) => {
    // Debiased: the cosine of two vectors of N = n(n−3)/2 independent entries, of standard deviation 1/√N. Six of them.
    const deviation = Math.sqrt(2 / (n * (n - 3)));
    for (const seed of [1, 2, 3]) {
      const { biased, debiased, warnings } = await unrelated(n, d, 100 * seed);
      expect(Math.abs(debiased)).toBeLessThan(6 * deviation);
      // Biased: the same noise on the off-diagonal part, and the first-order formula is off by about 1/n.
      expect(Math.abs(biased - expected)).toBeLessThan(6 * deviation + 1 / n);
      expect(warnings.join("\n")).toMatch(/debiased/);
    }
  });

  it("does not warn when samples are many against features", async () => {
    expect((await unrelated(400, 8, 7)).warnings).toEqual([]);
  });

  it("debiased values are negative about half of the time, and none is clamped", async () => {
    const n = 32;
    const layers = Array.from({ length: 24 }, (_, i) => represent(gaussian(n, 16, 1000 + i), `layer ${i}`));
    const result = await compare(layers, undefined, { metrics: ["cka.debiased", "hsic.debiased"] });
    for (const metric of ["cka", "hsic"]) {
      const matrix = result.matrix(metric);
      const above = Array.from({ length: 24 * 24 }, (_, k) => k).filter((k) => k % 24 > Math.floor(k / 24));
      const negative = above.filter((k) => (matrix.values[k] ?? NaN) < 0).length;
      // 276 signs that are pairwise uncorrelated: mean 138 (the median is slightly below 0), standard deviation 8.3, five of them.
      expect(negative).toBeGreaterThan(138 - 42);
      expect(negative).toBeLessThan(138 + 60);
      expect(matrix.status.every((status) => status === 0)).toBe(true);
    }
  });
});
