import { expect, it } from "vitest";
import { askAll, kernels, represent } from "../property/ask.ts";
import { cka, rbf } from "../../lib/index.ts";
import { map } from "../twin/features.ts";
import { related } from "../property/scenario.ts";

// Trap: 1e-6 added to a denominator, or a ridge of 1e-8, which is nothing for features of size 1 and everything for features of 1e-3
// (0.4944 where 0.5126 is right; 0.146 where 0.965 is).
const { x, y } = related({ n: 50, dx: 8, dy: 9, seed: 60 });
const metrics = ["ka", "cka.biased", "cka.debiased"];
const scaleFree = Object.entries(kernels).filter(([, kernel]) => kernel.kind !== "polynomial");

it.each(scaleFree)("no answer of the %s kernel depends on the units of the features", async (_, kernel) => {
  const reference = await askAll([x, y], { kernel });
  for (const power of [-60, -20, 20, 60]) {
    const scaled = await askAll([map(x, (v) => v * 2 ** power), map(y, (v) => v * 2 ** -power)], { kernel });
    // Powers of two round nothing: the same bits.
    for (const metric of metrics) expect(scaled.get(metric, 0, 1).value).toBe(reference.get(metric, 0, 1).value);
  }
  for (const scale of [1e-30, 1e-6, 0.01, 1e6, 1e30]) {
    const scaled = await askAll([map(x, (v) => v * scale), y], { kernel });
    for (const metric of metrics) {
      // The features themselves are rounded once more.
      expect(Math.abs(scaled.get(metric, 0, 1).value - reference.get(metric, 0, 1).value)).toBeLessThan(1e-12);
    }
  }
});

it.each([1e-30, 1e-6, 1e6, 1e30])("nor in f32, at a scale of %d", async (scale) => {
  const reference = await askAll([x, y], { kernel: rbf() });
  const scaled = [x, y].map((z, i) =>
    represent(
      map(z, (v) => Math.fround(v * scale)),
      `layer ${i}`,
      "f32",
    ),
  );
  const [a, b] = scaled;
  if (!a || !b) throw new Error("two layers");
  // Features rounded to 24 bits: 6e-8 each, in a few hundred of them.
  const value = (await cka(a, b, { kernel: rbf() })).value;
  expect(Math.abs(value - reference.get("cka.biased", 0, 1).value)).toBeLessThan(1e-6);
});
