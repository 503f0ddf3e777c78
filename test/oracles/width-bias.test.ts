import { expect, it } from "vitest";
import { compare } from "../../lib/index.ts";
import { gaussian } from "../twin/random.ts";
import { represent } from "../property/ask.ts";

// Trap: biased CKA of unrelated layers grows with their width. Values seen on independent Gaussians: 0.857 (n = 128, p = 768), 0.601
// (512, 768), 0.429 (1024, 768), 0.059 (1024, 64); debiased 0.005, 0.001, 0.000.
it.each([
  [128, 768, 0.857],
  [512, 768, 0.601],
  [1024, 768, 0.429],
  [1024, 64, 0.059],
])("n = %d, p = %d: biased %d, debiased 0, and a warning while it matters", async (n, p, seen) => {
  const layers = [represent(gaussian(n, p, n), "a", "f32"), represent(gaussian(n, p, n + 1), "b", "f32")];
  const result = await compare(layers, undefined, { metrics: ["cka", "cka.debiased"] });
  // Another draw than the one that was seen: off-diagonal noise has the standard deviation √2/n of a cosine. Five of it.
  const noise = (5 * Math.SQRT2) / n;
  expect(Math.abs(result.get("cka.biased", "a", "b").value - seen)).toBeLessThan(noise);
  expect(Math.abs(result.get("cka.debiased", "a", "b").value)).toBeLessThan(noise);
  expect(result.warnings.some(({ message }) => /debiased/i.test(message))).toBe(p > n / 8);
});

it("debiased CKA grows with what is shared, not with width", async () => {
  const n = 200;
  const shared = gaussian(n, 10, 1);
  const values: number[] = [];
  for (const width of [20, 200, 2000]) {
    // Ten shared features of the same share of variance, the rest private: the true alignment falls with nothing but the noise's spread.
    const layer = (seed: number) => {
      const own = gaussian(n, width, seed);
      const scale = Math.sqrt(10 / width);
      return {
        ...own,
        d: width + 10,
        data: Float64Array.from({ length: n * (width + 10) }, (_, k) => {
          const [i, j] = [Math.floor(k / (width + 10)), k % (width + 10)];
          return j < 10 ? (shared.data[i * 10 + j] ?? NaN) : scale * (own.data[i * width + j - 10] ?? NaN);
        }),
      };
    };
    const result = await compare([represent(layer(2), "a")], [represent(layer(3), "b")], { metrics: ["cka.debiased"] });
    values.push(result.get("cka", 0, 0).value);
  }
  // Population values: shared kernel variance 10 against 10 + 100/width.
  [20, 200, 2000].forEach((width, i) => {
    expect(Math.abs((values[i] ?? NaN) - 10 / (10 + 100 / width))).toBeLessThan(0.06); // a few of √2/n times the condition
  });
});
