// E9: kernel mutual information divides by min_i Σ_j K_ij (Gretton, Herbrich and Smola 2005); the paper names Bach and Jordan, and
// multiplies by it (section 6.2).
import { describe, expect, test } from "vitest";

import { kmi, metrics, rbf } from "../../lib/index.ts";
import { represent } from "../property/ask.ts";
import { centre } from "../twin/centring.ts";
import { identityLess, rounded, scaled, times } from "../twin/dense.ts";
import { type Features, at, features, map, selectRows } from "../twin/features.ts";
import { gram } from "../twin/gram.ts";
import { eigen } from "../twin/jacobi.ts";
import { gaussian, permutation } from "../twin/random.ts";
import { logDeterminant } from "../twin/solve.ts";

const n = 30;
const kernel = rbf({ bandwidth: 3 });
const x = gaussian(n, 2, 1);
// The same rows for other samples, so that both kernels have the same factor.
const y = selectRows(x, permutation(n, 2));

const centred = (f: Features): Features => rounded(centre(gram(f, kernel)));
const least = Math.min(
  ...Array.from({ length: n }, (_, i) =>
    rounded(gram(x, kernel))
      .data.slice(i * n, (i + 1) * n)
      .reduce((s, v) => s + v, 0),
  ),
);

/** I − ν²·K̃_1K̃_2: its determinant is that of I − ν²·K̃_1^½K̃_2K̃_1^½. */
const inside = (nu: number): Features => identityLess(scaled(times(centred(x), centred(y)), nu ** 2));

/** The least eigenvalue of I − ν²·K̃_1^½K̃_2K̃_1^½. */
function leastEigenvalue(nu: number): number {
  const { values, vectors } = eigen(centred(x));
  const root = features(n, n, (i, j) => at(vectors, i, j) * Math.sqrt(Math.max(0, values[j]!)));
  const turned = features(n, n, (i, j) => at(root, j, i));
  const inner = times(times(turned, centred(y)), root);
  return 1 - nu ** 2 * eigen(map(inner, (value, i, j) => (value + at(inner, j, i)) / 2)).values[0]!;
}

describe("the factor of KMI", () => {
  test("as the reciprocal leaves a positive matrix, and KMI is its logarithm", async () => {
    const nu = 1 / least;
    expect(leastEigenvalue(nu)).toBeGreaterThan(0.1);
    const found = await kmi(represent(x, "x"), represent(y, "y"), { kernel, nu });
    // An elimination of a 30×30 matrix that is close to I.
    expect(found.value).toBeCloseTo(-logDeterminant(inside(nu)) / 2, 11);
  });

  test("as printed leaves one that is not positive, and no KMI", async () => {
    expect(leastEigenvalue(least)).toBeLessThan(-100);
    const found = await kmi(represent(x, "x"), represent(y, "y"), { kernel, nu: least });
    expect(found.status).toBe("undefined");
    expect(found.reason).toContain("is not below 1");
  });

  test("by default is 1/n, which every kernel bounded by 1 allows: row sums are at most n", async () => {
    expect(1 / least).toBeGreaterThanOrEqual(1 / n);
    expect(leastEigenvalue(1 / n)).toBeGreaterThan(0);
    expect((await kmi(represent(x, "x"), represent(y, "y"), { kernel })).value).toBeCloseTo(
      -logDeterminant(inside(1 / n)) / 2,
      11,
    );
  });

  test("comes with its source", () => {
    expect(metrics.get("kmi").source).toContain("Gretton et al. 2005");
  });
});
