import { describe, expect, it } from "vitest";

import { cka, hsic, type Representation } from "../../lib/index.ts";
import { map } from "../twin/features.ts";
import { gaussian } from "../twin/random.ts";
import { kernels, represent } from "./ask.ts";

const [x, y] = [gaussian(20, 5, 1), gaussian(20, 7, 2)];
const scaled = (scale: number): [Representation, Representation] => [
  represent(
    map(x, (value) => value * scale),
    "x",
  ),
  represent(
    map(y, (value) => value * scale),
    "y",
  ),
];

describe("features at the ends of f64's range", () => {
  it.each([1e160, 1e-170])(
    "× %d: a reason and no number, but for the cosine kernel, which sees no scale",
    async (scale) => {
      const [a, b] = scaled(scale);
      const [c, d] = scaled(1);
      for (const kernel of Object.values(kernels)) {
        const cell = await cka(a, b, { kernel });
        if (kernel.kind === "cosine") {
          // Rows are divided by their norms, so all that may differ is the rounding of 1e160·x.
          expect(Math.abs(cell.value - (await cka(c, d, { kernel })).value)).toBeLessThan(1e-13);
        } else {
          expect(cell).toMatchObject({ status: "undefined", value: NaN });
          expect(cell.reason).toMatch(/^the squares of the entries of x (are beyond the range of|vanish in) f64$/);
        }
      }
    },
  );

  it.each([1e100, 1e-100])("× %d: what is normalised has its number, what overflows a reason", async (scale) => {
    const [a, b] = scaled(scale);
    const [c, d] = scaled(1);
    // Scaled by a power of two inside, so CKA differs by the rounding of 1e100·x alone.
    expect(Math.abs((await cka(a, b)).value - (await cka(c, d)).value)).toBeLessThan(1e-13);
    const covariance = await hsic(a, b);
    if (scale > 1)
      expect(covariance).toMatchObject({ status: "undefined", reason: "the number is beyond the range of f64" });
    else expect(covariance).toMatchObject({ status: "ok", value: 0 });
  });
});
