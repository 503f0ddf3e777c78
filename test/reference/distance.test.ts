import { describe, expect, it } from "vitest";
import { Representation } from "../../lib/index.ts";
import { Table } from "../../lib/table.ts";
import { featuresOf, runEngine } from "../property/run-engine.ts";
import { goldenPairs } from "./golden.ts";

/** The tolerances that are promised, relative: f64 to the ninth digit, f32 tiles to the fifth. */
const tolerances = { f64: 1e-9, f32: 1e-5 } as const;

describe.each(goldenPairs())("golden distance covariances: $name", ({ x, y, values }) => {
  it.each(["f64", "f32"] as const)("%s", async (tile) => {
    const layers = [x, y].map(({ data, n, d }) => Representation.fromArray(Float32Array.from(data), [n, d]));
    const n = x.n;
    const table = new Table(await runEngine(layers.map(featuresOf), [{ map: "distance" }], { tile, block: 256 }), n);
    const biased = (a: number, b: number): number => table.centredInner(a, b).value * table.unit(a, b);
    const debiased = (a: number, b: number): number => table.debiasedInner(a, b).value * table.unit(a, b);
    const found = {
      dcov2: biased(0, 1) / n ** 2,
      dcor2: biased(0, 1) / Math.sqrt(biased(0, 0) * biased(1, 1)),
      "dcor2.biascorrected": debiased(0, 1) / Math.sqrt(debiased(0, 0) * debiased(1, 1)),
    };
    const wrong = Object.entries(found).filter(
      ([name, value]) => !(Math.abs(value / (values[name] ?? NaN) - 1) <= tolerances[tile]),
    );
    expect(wrong).toEqual([]);
  });
});
