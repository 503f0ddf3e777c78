import { describe, expect, it } from "vitest";

import { linear, mmd2, rbf, Representation } from "../../lib/index.ts";
import { noise } from "../cli/write-activations.ts";

const features = 3;

function rowsOf(samples: number, seed: number, shift: number): number[][] {
  const random = noise(seed);
  return Array.from({ length: samples }, () => Array.from({ length: features }, () => random() + shift));
}

const layer = (rows: readonly (readonly number[])[]): Representation =>
  Representation.fromArray(Float64Array.from(rows.flat()), [rows.length, rows[0]!.length]);

/** The definition, pair of rows by pair of rows. */
function definition(
  x: readonly number[][],
  y: readonly number[][],
  kernel: (u: readonly number[], v: readonly number[]) => number,
  unbiased: boolean,
): number {
  const within = (rows: readonly number[][]): number => {
    let sum = 0;
    for (const [i, u] of rows.entries())
      for (const [j, v] of rows.entries()) if (!unbiased || i !== j) sum += kernel(u, v);
    return sum / (rows.length * (unbiased ? rows.length - 1 : rows.length));
  };
  const across = x.reduce((sum, u) => sum + y.reduce((inner, v) => inner + kernel(u, v), 0), 0) / (x.length * y.length);
  return within(x) + within(y) - 2 * across;
}

const dot = (u: readonly number[], v: readonly number[]): number => u.reduce((sum, value, k) => sum + value * v[k]!, 0);
const gaussian =
  (sigma: number) =>
  (u: readonly number[], v: readonly number[]): number =>
    Math.exp(-u.reduce((sum, value, k) => sum + (value - v[k]!) ** 2, 0) / (2 * sigma ** 2));

const x = rowsOf(13, 1, 0);
const y = rowsOf(20, 2, 0.3);

describe("mmd2 of layers of different length", () => {
  it.each([
    ["biased", linear(), dot],
    ["unbiased", linear(), dot],
    ["biased", rbf({ bandwidth: 0.6 }), gaussian(0.6)],
    ["unbiased", rbf({ bandwidth: 0.6 }), gaussian(0.6)],
  ] as const)("%s, %o, is the definition", async (variant, kernel, k) => {
    const found = await mmd2(layer(x), layer(y), { kernel, variant });
    // f64 throughout: sums of a few hundred terms of size 1 lose no more than some 1e-14.
    expect(Math.abs(found.value - definition(x, y, k, variant === "unbiased"))).toBeLessThan(1e-13);
    expect(found).toMatchObject({ status: "ok", reason: null });
    // The other way round the same terms are summed in another order.
    expect(Math.abs((await mmd2(layer(y), layer(x), { kernel, variant })).value - found.value)).toBeLessThan(1e-13);
  });

  it("has a reason where it does not exist", async () => {
    const narrow = layer(x.map(([first]) => [first!]));
    expect(await mmd2(layer(x), narrow)).toMatchObject({
      status: "undefined",
      reason: "layers of 3 and 1 features do not live in one space",
    });
    const one = layer(x.slice(0, 1));
    expect(await mmd2(one, layer(y), { variant: "unbiased" })).toMatchObject({
      value: NaN,
      status: "undefined",
      reason: "the unbiased estimate takes 2 rows of each layer, and there are 1",
    });
  });

  it("takes no Gram matrices", async () => {
    await expect(mmd2(layer(x), {} as never)).rejects.toThrow(/a Representation for b/);
  });
});
