import { describe, expect, it } from "vitest";
import { compare, type Comparison, cosine, type Kernel, laplacian, linear, polynomial, rbf } from "../../lib/index.ts";
import { type Features, at, features, map, multiply, roundToFloat32 } from "../twin/features.ts";
import { gaussian, uniform } from "../twin/random.ts";
import { represent } from "./ask.ts";

const n = 260;

/** Layers that share a signal of eight dimensions, of various widths. */
function network(widths: readonly number[], seed: number): Features[] {
  const signal = gaussian(n, 8, seed);
  const next = uniform(seed);
  return widths.map((d, l) => {
    const mix = next();
    const noise = gaussian(n, d, seed + 100 + l);
    const image = multiply(signal, gaussian(8, d, seed + 200 + l));
    return roundToFloat32(map(image, (value, i, j) => mix * value + (1 - mix) * at(noise, i, j)));
  });
}

const metrics = ["ka", "cka", "cka.debiased"];

async function both(layers: readonly Features[], kernel: Kernel): Promise<{ f32: Comparison; f64: Comparison }> {
  const representations = layers.map((layer, i) => represent(layer, `layer ${i}`, "f32"));
  const [f32, f64] = await Promise.all(
    (["f32", "f64"] as const).map((precision) =>
      compare(representations, undefined, { metrics, kernel, precision, space: "gram" }),
    ),
  );
  if (!f32 || !f64) throw new Error("two comparisons");
  return { f32, f64 };
}

/** The largest error of f32 tiles, over the pairs for which both have a value. */
function worst({ f32, f64 }: { f32: Comparison; f64: Comparison }, metric: string): number {
  const [rough, exact] = [f32.matrix(metric), f64.matrix(metric)];
  expect(exact.status.every((status) => status === 0)).toBe(true);
  return rough.values.reduce(
    (most, value, k) => (rough.status[k] === 0 ? Math.max(most, Math.abs(value - (exact.values[k] ?? NaN))) : most),
    0,
  );
}

function declined({ f32 }: { f32: Comparison }, metric: string): string[] {
  return [...f32.matrix(metric).reasons];
}

const wide = Array.from({ length: 6 }, () => 160);
const narrow = Array.from({ length: 40 }, (_, l) => 4 + (l % 9));

describe.each([linear(), cosine(), polynomial({ degree: 3 }), rbf(), laplacian()])("f32 tiles, $kind", (kernel) => {
  it("f64 lanes: errors of entries average out over n²/2 of them", async () => {
    const results = await both(network(wide, 1), kernel);
    expect(results.f32.plan.stack).toBe("f64");
    // An entry is off by some 6e-8 at random; their mean over 34,000 is a hundredth of that, and ten times as much is allowed.
    for (const metric of ["ka", "cka.biased", "cka.debiased"]) expect(worst(results, metric)).toBeLessThan(1e-7);
  });

  it("many narrow layers, where lanes may be f32: the tolerance of f32 tiles", async () => {
    const results = await both(network(narrow, 2), kernel);
    // Products are summed in f32 for at most about a thousand terms before they go to f64.
    for (const metric of ["ka", "cka.biased", "cka.debiased"]) expect(worst(results, metric)).toBeLessThan(2e-6);
  });

  it("one sample × 300 among 260: debiased to the fifth digit, as promised", async () => {
    for (const widths of [wide, narrow]) {
      const layers = network(widths, 3).map((layer, l) =>
        l % 3 === 0 ? roundToFloat32(map(layer, (value, i) => (i === 17 ? 300 * value : value))) : layer,
      );
      const results = await both(layers, kernel);
      // A cubic kernel makes 300 into 27 million: off the diagonal f32 keeps nothing of the rest, and says so rather than guess.
      const lost = declined(results, "cka.debiased");
      expect(kernel.kind === "polynomial" ? lost.filter((reason) => !reason.endsWith("0 to rounding")) : lost).toEqual(
        [],
      );
      expect(worst(results, "cka.debiased")).toBeLessThan(1e-5);
      expect(worst(results, "cka.biased")).toBeLessThan(1e-5);
    }
  });

  it("near-duplicates: 1 − CKA keeps its digits", async () => {
    const [base = gaussian(n, 160, 9)] = network(wide, 4);
    const noise = gaussian(n, 160, 5);
    const copies = [0, 1e-3, 1e-2].map((size) =>
      roundToFloat32(map(base, (value, i, j) => value + size * at(noise, i, j))),
    );
    const { f32, f64 } = await both(copies, kernel);
    for (const j of [1, 2]) {
      const distance = 1 - f64.get("cka.biased", 0, j).value;
      const error = Math.abs(f32.get("cka.biased", 0, j).value - f64.get("cka.biased", 0, j).value);
      // Both layers' entries are rounded nearly alike, so errors stay a small part of the distance itself.
      expect(error).toBeLessThan(1e-3 * distance + 1e-11);
    }
  });
});

it("identical layers among many are exactly as similar to each other as to themselves", async () => {
  const [base = gaussian(n, 4, 1), ...rest] = network(narrow, 6);
  const { f32 } = await both([base, ...rest, base], linear());
  const matrix = f32.matrix("cka.biased");
  const last = matrix.columns - 1;
  for (let j = 0; j < matrix.columns; j++) {
    // The same products in another lane.
    expect(Math.abs((matrix.values[j] ?? NaN) - (matrix.values[last * matrix.columns + j] ?? NaN))).toBeLessThan(2e-6);
  }
});

it("features of one column each, as many layers as samples", async () => {
  const layers = Array.from({ length: 60 }, (_, l) => features(60, 1, (i) => Math.sin(i * (l + 1))));
  const result = await compare(
    layers.map((layer, i) => represent(layer, `layer ${i}`)),
    undefined,
    { metrics: ["cka"] },
  );
  // In one dimension CKA is the squared correlation.
  for (const [a, b] of [
    [0, 1],
    [3, 40],
    [58, 59],
  ] as const) {
    const [p, q] = [layers[a], layers[b]].map((layer) => {
      const mean = (layer?.data.reduce((sum, value) => sum + value, 0) ?? NaN) / 60;
      return layer?.data.map((value) => value - mean) ?? new Float64Array();
    });
    const dot = (s: Float64Array = new Float64Array(), t: Float64Array = new Float64Array()): number =>
      s.reduce((sum, value, i) => sum + value * (t[i] ?? NaN), 0);
    expect(result.get("cka", a, b).value).toBeCloseTo(dot(p, q) ** 2 / dot(p, p) / dot(q, q), 12);
  }
});
