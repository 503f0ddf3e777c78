import { expect, it } from "vitest";
import { compare } from "../../lib/index.ts";
import { represent } from "../property/ask.ts";
import { map } from "../twin/features.ts";
import { gaussian } from "../twin/random.ts";
import { knownCorrelations } from "./known-correlations.ts";

const metrics = ["cca-rho", "cca-rho2", "gcd"];

// Trap: a threshold handed over in the place of a ridge, so that 0.98 is added to every variance (mean ρ 0.0215 for 0.5833).
it.each([1e-5, 1, 1e5])("mean ρ is what it was made to be, at a scale of %d", async (scale) => {
  const rho = [0.95, 0.6, 0.4, 0.02];
  const { x, y } = knownCorrelations(30, [1, 10, 0.1, 3], rho);
  const result = await compare(
    [
      represent(
        map(x, (value) => value * scale),
        "x",
      ),
    ],
    [represent(y, "y")],
    { metrics },
  );
  const squares = rho.reduce((sum, value) => sum + value ** 2, 0);
  const expected = [rho.reduce((sum, value) => sum + value, 0) / 4, squares / 4, squares / 4];
  // A few roundings, over singular values of which the least is a hundredth of the largest.
  expected.forEach((value, i) => expect(Math.abs(result.get(metrics[i]!, 0, 0).value - value)).toBeLessThan(1e-12));
});

// Traps: an assertion, an exception or random noise of 1e-10 where there are fewer samples than features.
it("fewer samples than features: every correlation is 1, the same on every run", async () => {
  const layers = [represent(gaussian(12, 40, 1), "wide"), represent(gaussian(12, 25, 2), "also wide")];
  const ask = async (): Promise<number[]> => {
    const result = await compare([layers[0]!], [layers[1]!], { metrics: [...metrics, "svcca(share=1)", "pwcca"] });
    return result.matrices.map(({ values }) => values[0]!);
  };
  const values = await ask();
  for (const value of values) expect(Math.abs(value - 1)).toBeLessThan(1e-12); // roundings of 11 correlations
  expect(await ask()).toEqual(values);
});

it("fewer samples than one layer's features: the other lies in its space", async () => {
  const result = await compare([represent(gaussian(12, 40, 1), "wide")], [represent(gaussian(12, 3, 2), "narrow")], {
    metrics: [...metrics, "linear-r2.forward"],
  });
  const values = result.matrices.map(({ values: [value] }) => value!);
  [1, 1, 3 / Math.sqrt(11 * 3), 1].forEach((value, i) => expect(Math.abs(values[i]! - value)).toBeLessThan(1e-12));
});
