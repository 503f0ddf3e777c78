import * as fc from "fast-check";
import { expect, test } from "vitest";

import { ArgumentError } from "../../lib/errors.ts";
import { cosine } from "../../lib/kernels/cosine.ts";
import { describeKernel } from "../../lib/kernels/describe.ts";
import type { Kernel } from "../../lib/kernels/kernel.ts";
import { laplacian } from "../../lib/kernels/laplacian.ts";
import { linear } from "../../lib/kernels/linear.ts";
import { kernelForms, parseKernel } from "../../lib/kernels/parse.ts";
import { polynomial } from "../../lib/kernels/polynomial.ts";
import { rbf } from "../../lib/kernels/rbf.ts";

test.each<[string, Kernel]>([
  ["linear", linear()],
  ["cosine", cosine()],
  [" Linear ", linear()],
  ["poly:3", polynomial({ degree: 3 })],
  ["polynomial:3", polynomial({ degree: 3 })],
  ["poly:3,gamma=0.1,offset=0", polynomial({ degree: 3, gamma: 0.1, offset: 0 })],
  ["poly:2,offset=2", polynomial({ degree: 2, offset: 2 })],
  ["poly:2,gamma=1/d", polynomial({ degree: 2 })],
  ["rbf", rbf()],
  ["rbf:median", rbf()],
  ["rbf:median*0.5", rbf({ medianScale: 0.5 })],
  ["rbf:0.5*median", rbf({ medianScale: 0.5 })],
  ["rbf:0.5m", rbf({ medianScale: 0.5 })],
  ["rbf: .5m", rbf({ medianScale: 0.5 })],
  ["rbf:2.5", rbf({ bandwidth: 2.5 })],
  ["rbf:1e-3", rbf({ bandwidth: 1e-3 })],
  ["rbf:bandwidth=2.5", rbf({ bandwidth: 2.5 })],
  ["laplacian", laplacian()],
  ["laplacian:median*2", laplacian({ medianScale: 2 })],
  ["laplacian:3", laplacian({ bandwidth: 3 })],
])("%s", (text, kernel) => {
  expect(parseKernel(text)).toEqual(kernel);
});

test("every form that the help names is read", () => {
  for (const form of kernelForms) expect(() => parseKernel(form)).not.toThrow();
});

test("short names", () => {
  expect(describeKernel(linear())).toBe("linear");
  expect(describeKernel(cosine())).toBe("cosine");
  expect(describeKernel(rbf())).toBe("rbf(1×median)");
  expect(describeKernel(rbf({ bandwidth: 2.5 }))).toBe("rbf(σ=2.5)");
  expect(describeKernel(laplacian({ medianScale: 0.5 }))).toBe("laplacian(0.5×median)");
  expect(describeKernel(polynomial({ degree: 3 }))).toBe("poly3(γ=1/d,c=1)");
});

test.each([
  "",
  "sigmoid",
  "linear:1",
  "cosine()",
  "poly",
  "poly:",
  "poly:x",
  "poly:2.5",
  "poly:0",
  "poly:2,degree=3",
  "poly:2,gamma=",
  "poly:2,gamma=1,gamma=2",
  "poly:2,gamma=0",
  "poly:2,offset=-1",
  "rbf:",
  "rbf:0",
  "rbf:-2",
  "rbf:0m",
  "rbf:median*",
  "rbf:mean",
  "rbf:1,2",
  "rbf2",
  "rbf2:1",
  "rbf(1",
  "rbf:1)",
  "rbf:NaN",
  "rbf:Infinity",
  "constructor",
  "__proto__",
  "toString:1",
])("refuses %j, and lists the forms", (text) => {
  expect(() => parseKernel(text)).toThrow(ArgumentError);
  expect(() => parseKernel(text)).toThrow(
    /Expected a kernel for kernel but received '.*A kernel is one of: linear, cosine, poly:3/,
  );
});

test("the message of a number out of range says which", () => {
  expect(() => parseKernel("rbf:-2")).toThrow(/above 0 for bandwidth but received -2/);
});

const positive = fc.double({ min: 0, minExcluded: true, noNaN: true, noDefaultInfinity: true });
const anyKernel: fc.Arbitrary<Kernel> = fc.oneof(
  fc.constant(linear()),
  fc.constant(cosine()),
  fc
    .record({
      degree: fc.integer({ min: 1, max: 100 }),
      gamma: fc.oneof(fc.constant("1/d" as const), positive),
      offset: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
    })
    .map(polynomial),
  fc
    .tuple(fc.constantFrom(rbf, laplacian), positive, fc.boolean())
    .map(([make, scale, median]) => make(median ? { medianScale: scale } : { bandwidth: scale })),
);

test("the short name of any kernel is read back to that kernel: so no two share one", () => {
  fc.assert(
    fc.property(anyKernel, (kernel) => {
      expect(parseKernel(describeKernel(kernel))).toStrictEqual(kernel);
    }),
  );
});
