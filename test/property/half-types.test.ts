import * as fc from "fast-check";
import { expect, it } from "vitest";
import { compare, cosine, laplacian, linear, polynomial, rbf, Representation } from "../../lib/index.ts";
import { expectWithin } from "./expect-within.ts";

/** IEEE 754 binary16: sign, 5 bits of exponent with bias 15, 10 of fraction. */
function fromF16(bits: number): number {
  const sign = bits >> 15 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}

/** bfloat16: the upper half of a binary32. */
function fromBf16(bits: number): number {
  return new DataView(Uint32Array.of(bits << 16).buffer).getFloat32(0, true);
}

const finite = {
  f16: { decode: fromF16, bits: fc.nat(0xffff).filter((bits) => ((bits >> 10) & 31) !== 31) },
  // Not the whole range: fourth powers of 1e38 are beyond f64, and of 1e-38 below it.
  bf16: { decode: fromBf16, bits: fc.nat(0xffff).filter((bits) => Math.abs(((bits >> 7) & 255) - 127) < 30) },
};

it.each(["f16", "bf16"] as const)(
  "%s is widened exactly: the same answers as of the same numbers in f32",
  async (dtype) => {
    const { decode, bits } = finite[dtype];
    const data = fc
      .integer({ min: 4, max: 20 })
      .chain((n) =>
        fc
          .integer({ min: 1, max: 9 })
          .chain((d) =>
            fc.tuple(fc.constant([n, d] as const), fc.array(bits, { minLength: 2 * n * d, maxLength: 2 * n * d })),
          ),
      );
    await fc.assert(
      fc.asyncProperty(data, async ([[n, d], codes]) => {
        const halves = [codes.slice(0, n * d), codes.slice(n * d)];
        const narrow = halves.map((half, i) =>
          Representation.fromArray(Uint16Array.from(half), [n, d], { name: `${i}`, dtype }),
        );
        const wide = halves.map((half, i) =>
          Representation.fromArray(Float32Array.from(half, decode), [n, d], { name: `${i}` }),
        );
        for (const precision of ["f32", "f64"] as const) {
          for (const kernel of [linear(), cosine(), polynomial({ degree: 2 }), rbf(), laplacian()]) {
            const options = { metrics: ["ka", "cka", "hsic"], kernel, precision };
            const [a, b] = [await compare(narrow, undefined, options), await compare(wide, undefined, options)];
            a.matrices.forEach((matrix, m) => {
              const other = b.matrices[m] ?? matrix;
              expect(matrix.reasons).toEqual(other.reasons);
              expect(matrix.status).toEqual(other.status);
              const size = matrix.values.reduce((most, value) => Math.max(most, Math.abs(value) || 0), 0);
              matrix.values.forEach((value, k) => {
                // Nothing but the order of sums may differ: of f64 sums, or of f32 tiles (24 bits). A widening that rounds would show in f64.
                if (matrix.status[k] === 0)
                  expectWithin(other.values[k] ?? NaN, value, (precision === "f64" ? 1e-12 : 1e-5) * size, matrix.key);
              });
            });
          }
        }
      }),
      { seed: 16, numRuns: 15 },
    );
  },
);
