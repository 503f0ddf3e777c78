import { expect, test } from "vitest";

import { ArgumentError } from "../../lib/errors.ts";
import type { BandwidthOptions } from "../../lib/kernels/bandwidth.ts";
import { checkKernel } from "../../lib/kernels/check-kernel.ts";
import { cosine } from "../../lib/kernels/cosine.ts";
import { laplacian } from "../../lib/kernels/laplacian.ts";
import { linear } from "../../lib/kernels/linear.ts";
import { polynomial, type PolynomialOptions } from "../../lib/kernels/polynomial.ts";
import { rbf } from "../../lib/kernels/rbf.ts";

test("kernels are plain data with their defaults filled in", () => {
  expect(linear()).toEqual({ kind: "linear" });
  expect(cosine()).toEqual({ kind: "cosine" });
  expect(polynomial({ degree: 2 })).toEqual({ kind: "polynomial", degree: 2, gamma: "1/d", offset: 1 });
  expect(polynomial({ degree: 1, gamma: 0.5, offset: 0 })).toEqual({
    kind: "polynomial",
    degree: 1,
    gamma: 0.5,
    offset: 0,
  });
  for (const [kind, make] of [
    ["rbf", rbf],
    ["laplacian", laplacian],
  ] as const) {
    expect(make()).toEqual({ kind, bandwidth: { median: 1 } });
    expect(make({})).toEqual({ kind, bandwidth: { median: 1 } });
    expect(make({ medianScale: 0.2 })).toEqual({ kind, bandwidth: { median: 0.2 } });
    expect(make({ bandwidth: 3 })).toEqual({ kind, bandwidth: 3 });
  }
});

test("an offset of −0 is an offset of 0", () => {
  const kernel = polynomial({ degree: 2, offset: -0 });
  expect(kernel).toStrictEqual({ kind: "polynomial", degree: 2, gamma: "1/d", offset: 0 });
});

test.each<[string, unknown]>([
  ["no options", undefined],
  ["no degree", {}],
  ["degree 0", { degree: 0 }],
  ["a broken degree", { degree: 2.5 }],
  ["degree 101", { degree: 101 }],
  ["gamma 0", { degree: 2, gamma: 0 }],
  ["gamma as another word", { degree: 2, gamma: "1/n" }],
  ["a negative offset", { degree: 2, offset: -1 }],
  ["an infinite offset", { degree: 2, offset: Infinity }],
  ["a key that is not known", { degree: 2, coef0: 1 }],
])("polynomial refuses %s", (_, options) => {
  expect(() => polynomial(options as PolynomialOptions)).toThrow(ArgumentError);
});

test.each<[string, unknown]>([
  ["bandwidth 0", { bandwidth: 0 }],
  ["a negative bandwidth", { bandwidth: -1 }],
  ["a bandwidth of NaN", { bandwidth: NaN }],
  ["a bandwidth in words", { bandwidth: "median" }],
  ["a median scale of 0", { medianScale: 0 }],
  ["both", { bandwidth: 1, medianScale: 1 }],
  ["a key that is not known", { sigma: 1 }],
  ["a bare number", 3],
])("rbf and laplacian refuse %s", (_, options) => {
  expect(() => rbf(options as BandwidthOptions)).toThrow(ArgumentError);
  expect(() => laplacian(options as BandwidthOptions)).toThrow(ArgumentError);
});

test("kernels written by hand are checked as their factories check", () => {
  const kernels = [linear(), cosine(), polynomial({ degree: 3 }), rbf(), laplacian({ bandwidth: 2 })];
  for (const kernel of kernels) {
    const copy = checkKernel(JSON.parse(JSON.stringify(kernel)), "kernel");
    expect(copy).toEqual(kernel);
    expect(checkKernel(kernel, "kernel")).not.toBe(kernel);
  }
});

test.each<[unknown]>([
  ["rbf"],
  [null],
  [{}],
  [{ kind: "sigmoid" }],
  [{ kind: "linear", bandwidth: 1 }],
  [{ kind: "polynomial" }],
  [{ kind: "rbf" }],
  [{ kind: "rbf", bandwidth: 0 }],
  [{ kind: "rbf", bandwidth: { median: -1 } }],
  [{ kind: "rbf", bandwidth: {} }],
  [{ kind: "laplacian", bandwidth: { mean: 1 } }],
  [linear],
])("what is no kernel is refused: %o", (value) => {
  expect(() => checkKernel(value, "options.kernel")).toThrow(ArgumentError);
});
