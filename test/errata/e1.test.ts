// E1: distance alignment of unit rows is 8C²(1 − A), C = ‖K‖ of both kernels; 8C(1 − A) is printed (section 3.2).
import { expect, test } from "vitest";

import { da } from "../../lib/index.ts";
import { represent } from "../property/ask.ts";
import { frobenius, norm, timesTranspose } from "../twin/dense.ts";
import { type Features, at, selectRows } from "../twin/features.ts";
import { unitRows } from "../twin/platonic.ts";
import { gaussian, permutation } from "../twin/random.ts";

const n = 60;

/** The mean over all pairs of samples of the squared difference of squared distances, from the coordinates. */
function distanceAlignment(x: Features, y: Features): number {
  const distance2 = (f: Features, i: number, j: number): number => {
    let sum = 0;
    for (let k = 0; k < f.d; k += 1) sum += (at(f, i, k) - at(f, j, k)) ** 2;
    return sum;
  };
  let sum = 0;
  for (let i = 0; i < n; i += 1) for (let j = 0; j < n; j += 1) sum += (distance2(x, i, j) - distance2(y, i, j)) ** 2;
  return sum / n ** 2;
}

test.each([2, 5, 20])("two kernels of one norm, of unit rows in %i dimensions", async (d) => {
  const x = unitRows(gaussian(n, d, d));
  // The same rows for other samples: another kernel of the same norm.
  const y = selectRows(x, permutation(n, 3));
  const [k, l] = [timesTranspose(x, x), timesTranspose(y, y)];
  const c = norm(k) / n;
  const alignment = frobenius(k, l) / (norm(k) * norm(l));
  const defined = distanceAlignment(x, y);
  // Sums of 3,600 numbers of size 1.
  expect(Math.abs(defined / (8 * c ** 2 * (1 - alignment)) - 1)).toBeLessThan(1e-12);
  // C is about 1/√d, so the two are further apart than that of two dimensions.
  expect((8 * c * (1 - alignment)) / defined).toBeGreaterThan(1.3);
  expect(Math.abs((await da(represent(x, "x"), represent(y, "y"))).value / defined - 1)).toBeLessThan(1e-12);
});
