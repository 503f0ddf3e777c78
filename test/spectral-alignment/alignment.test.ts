// Spectra, effective ranks and the alignment taken apart, against the definitions on small layers and the golden numbers on real ones.
import { readFileSync } from "node:fs";

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { cka, GramMatrix, ka, linear, rbf, Representation, spectralAlignment, spectrum } from "../../lib/index.ts";
import { kernels, represent } from "../property/ask.ts";
import { hardships, related, shapes } from "../property/scenario.ts";
import { goldenPairs } from "../reference/golden.ts";
import { centre } from "../twin/centring.ts";
import { rounded } from "../twin/dense.ts";
import { gram } from "../twin/gram.ts";
import { gaussian } from "../twin/random.ts";
import {
  entropyRank,
  participationRatio,
  spectralAlignment as slowAlignment,
  spectrum as slow,
} from "../twin/spectrum.ts";

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

describe.each(Object.entries(kernels))("under the %s kernel", (_, kernel) => {
  test("the summands add up to KA and CKA, whatever the shape", async () => {
    await fc.assert(
      fc.asyncProperty(shapes, fc.constantFrom(...Object.keys(hardships)), async (shape, hardship) => {
        const { x, y } = hardships[hardship]!(related(shape), shape.seed);
        const [a, b] = [represent(x, "a"), represent(y, "b")];
        for (const centred of [false, true]) {
          const found = await spectralAlignment(a, b, { kernel, centred });
          const whole = centred ? await cka(a, b, { kernel }) : await ka(a, b, { kernel });
          expect(found.alignment.status).toBe(whole.status);
          if (whole.status !== "ok") continue;
          // Both are sums of n² products of entries that are right to a few roundings of the largest; the centred one has lost
          // the digits that the mean took, which these scenarios let grow to 10⁵ times the rest.
          expect(Math.abs(found.alignment.value - whole.value)).toBeLessThan(1e-9);
          expect(Math.abs(sum(found.contributions.values) - found.alignment.value)).toBeLessThan(1e-13);
          expect(found.contributions.values.every((value) => value >= 0)).toBe(true);
        }
      }),
      { numRuns: 25, seed: 7 },
    );
  });

  test("spectra and effective ranks are those of the definition", async () => {
    const x = gaussian(19, 7, 5);
    for (const centred of [false, true]) {
      const k = gram(x, kernel);
      const slowly = slow(rounded(centred ? centre(k) : k));
      const found = await spectrum(represent(x, "x"), { kernel, centred });
      // A well-conditioned problem of 19 samples: Jacobi's rotations and LAPACK differ by a few dozen roundings of the largest.
      const tolerance = 1e-13 * slowly[0]!;
      expect(found.rank).toBeGreaterThan(0);
      found.eigenvalues.forEach((value, i) => expect(Math.abs(value - slowly[i]!)).toBeLessThan(tolerance));
      for (const left of slowly.subarray(found.rank)) expect(Math.abs(left)).toBeLessThan(tolerance);
      expect(found.participationRank).toBeCloseTo(participationRatio(slowly), 10);
      expect(found.entropyRank).toBeCloseTo(entropyRank(slowly), 9);
      expect(found.trace).toBeCloseTo(sum(slowly), 10);
    }
  });
});

test("each summand is η̂_1,i·η̂_2,j·C_ij² where no eigenvalue comes twice", async () => {
  const [x, y] = [gaussian(12, 4, 1), gaussian(12, 3, 2)];
  const slowly = slowAlignment(rounded(gram(x, linear())), rounded(gram(y, linear())));
  const { contributions } = await spectralAlignment(represent(x, "x"), represent(y, "y"));
  expect([contributions.rows, contributions.columns]).toEqual([4, 3]);
  for (let i = 0; i < 4; i += 1) {
    for (let j = 0; j < 3; j += 1) {
      // Eigenvectors move by a rounding over the gap between eigenvalues, which is about 1/10 here.
      expect(contributions.values[i * 3 + j]).toBeCloseTo(slowly.contributions.data[i * 12 + j]!, 12);
    }
  }
});

test("`components` cuts the contributions and leaves the alignment as it is", async () => {
  const [a, b] = [represent(gaussian(30, 9, 1), "a"), represent(gaussian(30, 12, 2), "b")];
  const all = await spectralAlignment(a, b);
  const few = await spectralAlignment(a, b, { components: 2 });
  expect(few.alignment).toEqual(all.alignment);
  expect(few.contributions.values).toEqual(
    Float64Array.of(...[0, 1, 12, 13].map((place) => all.contributions.values[place]!)),
  );
});

test("equal bases: the alignment is the inner product of the spectra; flat spectra: it is ‖C‖²/√(r_1·r_2)", async () => {
  const x = Float64Array.of(3, 0, 0, 0, 2, 0, 0, 0, 1);
  const y = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 4);
  const [a, b] = [x, y].map((data, i) => Representation.fromArray(data, [3, 3], { name: `diagonal ${i}` }));
  const equal = await spectralAlignment(a!, b!);
  const [p, q] = [
    [9, 4, 1],
    [1, 1, 16],
  ] as const;
  const product = p.reduce((total, value, i) => total + value * q[i]!, 0);
  // Three numbers: the digits of a double.
  expect(equal.alignment.value).toBeCloseTo(product / Math.hypot(...p) / Math.hypot(...q), 14);
  const flat = Representation.fromArray(Float64Array.of(0, 1, 1, 0, 0, 0), [3, 2], { name: "plane" });
  const line = Representation.fromArray(Float64Array.of(1, 1, 0), [3, 1], { name: "line" });
  expect((await spectralAlignment(flat, line)).alignment.value).toBeCloseTo(1 / Math.sqrt(2), 14);
});

test("f32 and several threads", async () => {
  const [a, b] = [represent(gaussian(200, 40, 1), "a"), represent(gaussian(200, 30, 2), "b")];
  const options = { kernel: rbf(), centred: true } as const;
  const one = await spectralAlignment(a, b, { ...options, threads: 1 });
  const two = await spectralAlignment(a, b, { ...options, threads: 2 });
  expect(two).toEqual(one);
  const single = await spectralAlignment(a, b, { ...options, precision: "f32" });
  // 200 columns with entries of 2⁻²⁴ relative accuracy.
  expect(single.alignment.value).toBeCloseTo(one.alignment.value, 5);
});

test("what has no spectrum says why", async () => {
  const zeros = Representation.fromArray(new Float64Array(6), [3, 2], { name: "zeros" });
  const alike = Representation.fromArray(new Float64Array(6).fill(2), [3, 2], { name: "alike" });
  const mixed = GramMatrix.fromArray(Float64Array.of(1, 2, 0, 2, 1, 0, 0, 0, 1), 3, { name: "mixed" });
  expect(await spectrum(zeros)).toMatchObject({
    status: "undefined",
    rank: 0,
    reason: expect.stringContaining("is 0"),
  });
  expect(await spectrum(alike)).toMatchObject({ status: "ok", rank: 1, participationRank: 1, entropyRank: 1 });
  expect(await spectrum(alike, { centred: true })).toMatchObject({ reason: expect.stringContaining("all alike") });
  expect(await spectrum(mixed)).toMatchObject({ reason: expect.stringContaining("not positive semidefinite") });
  const found = await spectralAlignment(alike, zeros);
  expect(found.alignment).toMatchObject({ status: "undefined", value: NaN });
  expect(found.a.status).toBe("ok");
  expect(found.contributions.values).toHaveLength(0);
});

test("arguments are looked at, and an aborted call rejects with the reason", async () => {
  const [a, b] = [represent(gaussian(5, 2, 1), "a"), represent(gaussian(6, 2, 1), "b")];
  await expect(spectralAlignment(a, b)).rejects.toMatchObject({ code: "SHAPE_MISMATCH" });
  await expect(spectralAlignment(a, a, { components: 0 })).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  await expect(spectrum([] as never)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  await expect(spectrum(a, { centered: true } as never)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  const large = represent(gaussian(1500, 20, 1), "large");
  const controller = new AbortController();
  const running = spectralAlignment(large, large, { kernel: rbf(), signal: controller.signal });
  const stop = new Error("enough");
  setTimeout(() => controller.abort(stop), 30);
  await expect(running).rejects.toBe(stop);
});

describe.each(goldenPairs())("golden: $name", ({ x, values, name }) => {
  test("leading eigenvalues and effective ranks", async () => {
    const file = readFileSync(new URL("../reference/golden/mnist.json", import.meta.url), "utf8");
    const entry = (JSON.parse(file) as Record<string, { values: Record<string, unknown> }>)[name]!;
    const leading = entry.values["spectrum.top5.1"] as number[];
    const found = await spectrum(represent(x, "a"));
    // The reference promises 1e-9 relative.
    leading.forEach((value, i) => expect(Math.abs(found.eigenvalues[i]! / value - 1)).toBeLessThan(1e-9));
    expect(Math.abs(found.participationRank / values["effectiveRank.participation.1"]! - 1)).toBeLessThan(1e-9);
    expect(Math.abs(found.entropyRank / values["effectiveRank.entropy.1"]! - 1)).toBeLessThan(1e-9);
  });
});
