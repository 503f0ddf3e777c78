import { expect, it } from "vitest";
import { compare } from "../../lib/index.ts";
import { represent } from "../property/ask.ts";
import { map } from "../twin/features.ts";
import { knownCorrelations } from "./known-correlations.ts";

// Traps: a share of the variance compared with a number of another unit, so that one component is kept at every scale (0.159 where 0.992 is
// right); the cut on Σσ in place of Σσ²; an orthonormal basis before the cut, so that nothing is cut.
const variance = [0.4, 0.3, 0.2, 0.095, 0.004, 0.001];
const rho = [0.9, 0.5, 0.7, 0.3, 0.1, 0.05];
const { x, y } = knownCorrelations(40, variance.map(Math.sqrt), rho);

const kept = { 0.1: 1, 0.5: 2, 0.8: 3, 0.99: 4, 0.997: 5, 1: 6 };

it.each([1e-5, 1e-2, 1, 1e3, 1e5])(
  "SVCCA keeps what holds the share of the variance, at a scale of %d",
  async (scale) => {
    const layers = [map(x, (value) => scale * value), map(y, (value) => 3 * value)].map((z, i) => represent(z, `${i}`));
    const metrics = Object.keys(kept).map((share) => `svcca(share=${share})`);
    const result = await compare([layers[0]!], [layers[1]!], { metrics });
    for (const [share, count] of Object.entries(kept)) {
      const mean = rho.slice(0, count).reduce((sum, value) => sum + value, 0) / count;
      // Decompositions in f64, over the square root of the least variance.
      expect(Math.abs(result.get(`svcca(share=${share})`, 0, 0).value - mean)).toBeLessThan(1e-12);
    }
  },
);
