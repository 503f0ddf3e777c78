import { expect, test } from "vitest";

import { numberOfBf16, numberOfF16, reader, widen } from "../lib/half.ts";

/** The value from the definition of a binary format: (−1)^s · 2^(e−bias) · (1 + f/2^bits), with its four special cases. */
function byDefinition(bits: number, exponentBits: number, fractionBits: number): number {
  const sign = bits >> 15 === 1 ? -1 : 1;
  const ones = 2 ** exponentBits - 1;
  const exponent = Math.floor(bits / 2 ** fractionBits) % 2 ** exponentBits;
  const fraction = (bits % 2 ** fractionBits) / 2 ** fractionBits;
  const bias = 2 ** (exponentBits - 1) - 1;
  if (exponent === ones) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** (1 - bias);
  return sign * (1 + fraction) * 2 ** (exponent - bias);
}

const every = Uint16Array.from({ length: 0x10000 }, (_, bits) => bits);

test.each([
  ["f16", 5, 10, numberOfF16],
  ["bf16", 8, 7, numberOfBf16],
] as const)("every %s is what its definition says, in all three ways", (dtype, exponentBits, fractionBits, value) => {
  const wide = widen(every, dtype);
  const read = reader(every, dtype);
  // Exact, and −0 is told from 0: every half is an f64.
  const wrong = every.filter((bits) => {
    const wanted = byDefinition(bits, exponentBits, fractionBits);
    return ![value(bits), wide[bits], read(bits)].every((found) => Object.is(found, wanted));
  });
  expect([...wrong]).toEqual([]);
});

test("known values", () => {
  expect([0x3c00, 0xc000, 0x7bff, 0x0001, 0x0400].map(numberOfF16)).toEqual([1, -2, 65504, 2 ** -24, 2 ** -14]);
  expect([0x3f80, 0xc000, 0x4049, 0x7f80].map(numberOfBf16)).toEqual([1, -2, 3.140625, Infinity]);
});

test("widening copies f64 and f32 too", () => {
  const source = Float64Array.of(1, 2);
  const copy = widen(source, "f64");
  source[0] = 5;
  expect(copy).toEqual(Float64Array.of(1, 2));
  expect(widen(Float32Array.of(0.1), "f32")).toEqual(Float64Array.of(Math.fround(0.1)));
});
