import { expect, it } from "vitest";
import { compare, Representation } from "../../lib/index.ts";
import { gaussian } from "../twin/random.ts";
import { represent } from "../property/ask.ts";

const column = (values: readonly number[], name: string): Representation =>
  Representation.fromArray(Float64Array.from(values), [values.length, 1], { name });

// Trap: a distance under the name of its square, or the other way round.
it("what is called squared is squared: Bures and Procrustes in one dimension", async () => {
  const x = [-1, 1, -1, 1];
  const layers = [
    column(x, "x"),
    column(
      x.map((value) => 3 * value + 5),
      "3x + 5",
    ),
  ];
  const result = await compare([layers[0]!], [layers[1]!], { metrics: ["gaussian-w2", "procrustes", "mmd2"] });
  // Means 5 apart, deviations 1 and 3; and four samples, centred, that differ by 2.
  expect(result.get("gaussian-w2", 0, 0).value).toBeCloseTo(5 ** 2 + (3 - 1) ** 2, 12);
  expect(result.get("procrustes", 0, 0).value).toBeCloseTo(4 * 2 ** 2, 12);
  expect(result.get("mmd2", 0, 0).value).toBeCloseTo(5 ** 2, 12);
});

// Trap: a maximum over pairs that starts at 0, so that of negative values none is found.
it("the best pair is found among negative values too, and of distances it is the smallest", async () => {
  const sides = [10, 20].map((first) => [0, 1, 2].map((i) => represent(gaussian(12, 9, first + i), `${first + i}`)));
  const metrics = ["cka.debiased", "procrustes"] as const;
  const result = await compare(sides[0]!, sides[1]!, { metrics });
  const cells = (metric: string) =>
    result.records().filter((record) => record.metric === metric && (record.variant ?? "debiased") === "debiased");
  const negative = cells("cka").filter(({ value }) => value < 0);
  expect(negative.length).toBeGreaterThan(0);
  const kept = new Set(negative.map(({ row }) => row));
  for (const row of kept) {
    const own = negative.filter((record) => record.row === row);
    const layer = sides[0]!.find(({ name }) => name === row)!;
    const columns = sides[1]!.filter(({ name }) => own.some((record) => record.column === name));
    const found = (await compare([layer], columns, { metrics: ["cka.debiased"] })).best("cka.debiased")!;
    const best = Math.max(...own.map(({ value }) => value));
    expect(found.row).toBe(row);
    expect(Math.abs(found.value - best)).toBeLessThan(1e-14); // the same sums in a smaller stack
  }
  expect(result.best("procrustes")!.value).toBe(Math.min(...cells("procrustes").map(({ value }) => value)));
});
