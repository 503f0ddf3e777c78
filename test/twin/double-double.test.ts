import { describe, expect, it } from "vitest";
import { Sum, add, dd, divide, exponential, multiply, squareRoot, subtract, toNumber } from "./double-double.ts";
import { uniform } from "./random.ts";

/** The integer that a double-double of integers stands for. */
function integer(a: { hi: number; lo: number }): bigint {
  return BigInt(a.hi) + BigInt(a.lo);
}

/** |a/b − 1|, itself computed with 32 digits. */
function relativeError(a: { hi: number; lo: number }, b: { hi: number; lo: number }): number {
  return Math.abs(toNumber(subtract(divide(a, b), dd(1))));
}

// Each operation is off by a few units of 2^-104 ≈ 5e-32; a chain of a few dozen of them stays below this.
const chain = 1e-29;

describe("double-double arithmetic", () => {
  it("multiplies and adds 53-bit integers exactly, against BigInt", () => {
    const next = uniform(1);
    for (let trial = 0; trial < 2000; trial++) {
      const a = Math.floor((next() - 0.5) * 2 ** 53);
      const b = Math.floor((next() - 0.5) * 2 ** 53);
      const c = Math.floor((next() - 0.5) * 2 ** 53);
      expect(integer(multiply(dd(a), dd(b)))).toBe(BigInt(a) * BigInt(b));
      // A sum of integers below 2^105 that needs at most 106 bits is exact.
      expect(integer(add(multiply(dd(a), dd(b)), dd(c)))).toBe(BigInt(a) * BigInt(b) + BigInt(c));
    }
  });

  it("keeps what a double sum loses", () => {
    const sum = new Sum();
    sum.add(1e16);
    for (let i = 0; i < 1000; i++) sum.add(0.001953125); // 2^-9: each is below half an ulp of 1e16
    sum.add(-1e16);
    expect(toNumber(sum.value())).toBe(1000 * 0.001953125);
  });

  it("sums products exactly while 106 bits suffice, against BigInt", () => {
    const next = uniform(2);
    const sum = new Sum();
    let exact = 0n;
    for (let trial = 0; trial < 500; trial++) {
      const a = Math.floor((next() - 0.5) * 2 ** 47);
      const b = Math.floor((next() - 0.5) * 2 ** 47);
      sum.addProduct(a, b);
      exact += BigInt(a) * BigInt(b);
    }
    expect(integer(sum.value())).toBe(exact);
  });

  it("squares a difference without rounding the difference", () => {
    const sum = new Sum();
    sum.addSquaredDifference(1e10, 2 ** -20); // 54 bits: a double would round it to 1e10
    // (1e10 − 2^-20)²·2^40 is an integer; squaring a pair drops the square of its low part, 1 of 1e32.
    const exact = (10n ** 10n * 2n ** 20n - 1n) ** 2n;
    const error = integer({ hi: sum.hi * 2 ** 40, lo: sum.lo * 2 ** 40 }) - exact;
    expect(Math.abs(Number(error))).toBeLessThanOrEqual(1);
  });

  it("divides and takes roots to 31 digits", () => {
    const next = uniform(3);
    for (let trial = 0; trial < 500; trial++) {
      const a = add(dd(next() + 0.1), dd(next() * 1e-17));
      const b = add(dd(next() + 0.1), dd(next() * 1e-17));
      expect(relativeError(multiply(divide(a, b), b), a)).toBeLessThan(chain);
      const root = squareRoot(a);
      expect(relativeError(multiply(root, root), a)).toBeLessThan(chain);
    }
    expect(toNumber(squareRoot(dd(0)))).toBe(0);
  });

  it("knows e, and that exp(a)·exp(b) = exp(a + b)", () => {
    // e = 2.71828182845904523536028747135266249775724709369995…; lo is e less its nearest double.
    expect(relativeError(exponential(dd(1)), { hi: 2.718281828459045, lo: 1.4456468917292502e-16 })).toBeLessThan(
      chain,
    );
    const next = uniform(4);
    for (let trial = 0; trial < 200; trial++) {
      const a = dd(-next() * 100);
      const b = dd(next() * 30);
      const together = exponential(add(a, b));
      // The argument's own rounding, 100·2^-104, becomes a relative error of the result.
      expect(relativeError(multiply(exponential(a), exponential(b)), together)).toBeLessThan(100 * chain);
    }
    expect(toNumber(exponential(dd(0)))).toBe(1);
    expect(toNumber(exponential(dd(-1000)))).toBe(0);
  });

  it("keeps the digits of exp(−x) − 1 for small x, which a double loses", () => {
    const x = 1e-12;
    // exp(−x) − 1 = −x + x²/2 − x³/6, exact to x⁴/24 = 4e-50.
    const expected = add(dd(-x), subtract(multiply(dd(x / 2), dd(x)), dd(x ** 3 / 6)));
    // 1 − 1e-12 keeps 106 bits, of which 40 are lost to the 1: 2^-66.
    expect(relativeError(subtract(exponential(dd(-x)), dd(1)), expected)).toBeLessThan(1e-18);
  });
});
