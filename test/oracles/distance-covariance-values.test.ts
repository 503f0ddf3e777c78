import { expect, it } from "vitest";
import { compare, GramMatrix, Representation } from "../../lib/index.ts";
import { map } from "../twin/features.ts";
import { gaussian } from "../twin/random.ts";
import { represent } from "../property/ask.ts";

const a = Representation.fromArray(
  Float64Array.from({ length: 16 }, (_, i) => i + 1),
  [4, 4],
  { name: "1..16" },
);
const b = Representation.fromArray(Float64Array.of(1, 0, 0, 1), [4, 1], { name: "1 0 0 1" });

/** −D of a layer with rows on a line: a kernel of which the unbiased HSIC is the U-centred distance covariance. */
function minusDistances(points: readonly number[], name: string): GramMatrix {
  const entries = points.flatMap((p) => points.map((q) => -Math.abs(p - q)));
  return GramMatrix.fromArray(Float64Array.from(entries), points.length, { name });
}

// Trap: a sum over the matrix product of two centred distance matrices, which is 0 for whatever data. The values are those that the
// documentation of a Python package prints: 52 and 42.666… for a with itself, 1 and −2.666… for a with b.
it("distance covariances are the ones that are known", async () => {
  const result = await compare([a], [a, b], { metrics: ["dcov2", "dcor2", "dcor", "dcor2.debiased"] });
  // Whole numbers and halves, of which there are sixteen: the digits of a double.
  expect(result.get("dcov2", 0, 0).value).toBeCloseTo(52, 12);
  expect(result.get("dcov2", 0, 1).value).toBeCloseTo(1, 13);
  // dCov²(b, b) is 1/4.
  expect(result.get("dcor2.biased", 0, 1).value).toBeCloseTo(1 / Math.sqrt(52 / 4), 14);
  expect(result.get("dcor", 0, 1).value).toBeCloseTo(13 ** -0.25, 14);
  expect(result.get("dcor2.debiased", 0, 0).value).toBeCloseTo(1, 14);
});

it("U-centred ones as well, and their ratio", async () => {
  // The rows of a lie on a line, 8 apart.
  const [c, d] = [minusDistances([0, 8, 16, 24], "a"), minusDistances([1, 0, 0, 1], "b")];
  const result = await compare([c], [c, d], { metrics: ["hsic.debiased"] });
  const [self, cross] = [result.get("hsic.debiased", 0, 0).value, result.get("hsic.debiased", 0, 1).value];
  expect(self).toBeCloseTo(128 / 3, 12);
  expect(cross).toBeCloseTo(-8 / 3, 13);
  const own = (await compare([d], undefined, { metrics: ["hsic.debiased"] })).get("hsic.debiased", 0, 0).value;
  const ratio = (await compare([a], [b], { metrics: ["dcor2.debiased"] })).get("dcor2.debiased", 0, 0);
  expect(ratio.value).toBeCloseTo(cross / Math.sqrt(self * own), 13);
});

// Trap: integers whose squares overflow, so that a distance correlation is 1.39.
it("large whole numbers are numbers", async () => {
  const whole = (seed: number) => map(gaussian(30, 3, seed), (value) => Math.round(value * 2 ** 31));
  const [x, y] = [whole(1), whole(2)];
  const small = (z: typeof x) => map(z, (value) => value / 2 ** 31);
  const metrics = ["dcor", "dcor2.debiased", "rsa-pearson", "cka"];
  const large = await compare([represent(x, "x")], [represent(y, "y")], { metrics });
  const same = await compare([represent(small(x), "x")], [represent(small(y), "y")], { metrics });
  for (const metric of metrics) expect(large.get(metric, 0, 0).value).toBeCloseTo(same.get(metric, 0, 0).value, 12);
  expect(large.get("dcor", 0, 0).value).toBeLessThan(1);
});
