import * as fc from "fast-check";
import { it } from "vitest";
import { runJob } from "../../lib/job.ts";
import { native, type NativeEngineResult, type NativeSource } from "../../lib/native.ts";
import { gram } from "../twin/gram.ts";
import { centre } from "../twin/centring.ts";
import { toNumber } from "../twin/double-double.ts";
import { inner, type Matrix } from "../twin/matrix.ts";
import { tableOf } from "../twin/table.ts";
import { expectWithin } from "./expect-within.ts";
import { related, shapes } from "./scenario.ts";

/** What the engine itself answers of two precomputed Gram matrices: K = scale·(T + a_i + a_j + c), T without its diagonal. */
async function ask(grams: readonly Matrix[], block: number): Promise<NativeEngineResult> {
  const n = grams[0]?.n ?? 0;
  const sources = grams.map((k): NativeSource => {
    return { kind: "gram", matrix: { data: k.toNumbers(), dtype: "f64", rows: n, cols: n } };
  });
  const operators = grams.map((_, source) => ({ source, group: 0, map: "linear" }) as const);
  const spec = {
    sources,
    operators,
    samples: n,
    space: "gram",
    tile: "f64",
    stack: "f64",
    block,
    batch: 0,
    threads: 2,
  } as const;
  return await runJob<NativeEngineResult>((progress, done) => native().engineJob(spec, progress, done));
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? NaN), 0);
}

it("inner products without diagonals, sums of rows and diagonals, as they stand in the engine's answer", async () => {
  await fc.assert(
    fc.asyncProperty(shapes, fc.integer({ min: 1, max: 40 }), async (shape, block) => {
      const { x, y } = related(shape);
      const grams = [gram(x, { kind: "rbf", bandwidth: { median: 1 } }), gram(y, { kind: "linear" })];
      const found = await ask(grams, block);
      // Of a precomputed matrix the engine splits off its row means and its mean: T is the centred matrix.
      const n = shape.n;
      const table = tableOf(grams.map(centre));
      const means = grams.map((k) => Float64Array.from({ length: n }, (_, i) => toNumber(k.rowSum(i)) / n));
      const line = (values: Float64Array, layer: number): Float64Array => values.subarray(layer * n, (layer + 1) * n);
      // In the engine's order: row sums, diagonals, offsets; two layers of each.
      const lines = [
        line(table.rowSums, 0),
        line(table.rowSums, 1),
        line(table.diagonals, 0),
        line(table.diagonals, 1),
        ...means,
      ];
      const sizes = grams.map((k) => Math.sqrt(toNumber(inner(k, k))));
      for (let a = 0; a < 6; a++) {
        const unitA = found.scale[a % 2] ?? NaN;
        const sizeA = sizes[a % 2] ?? NaN;
        const sum = lines[a]?.reduce((total, value) => total + value, 0) ?? NaN;
        // f64 sums of at most a thousand entries, on the scale of ‖K‖.
        expectWithin(unitA * (found.totals[a] ?? NaN), sum, 1e-13 * n * sizeA, `total ${a}`);
        for (let b = 0; b < 6; b++) {
          const unit = unitA * (found.scale[b % 2] ?? NaN);
          const size = sizeA * (sizes[b % 2] ?? NaN);
          const moment = dot(lines[a] ?? means[0] ?? new Float64Array(), lines[b] ?? new Float64Array());
          expectWithin(unit * (found.moments[a * 6 + b] ?? NaN), moment, 1e-13 * n * size, `moment ${a}, ${b}`);
          if (a > 1 || b > 1) continue;
          expectWithin(
            unit * (found.inner[a * 2 + b] ?? NaN),
            table.inner[a * 2 + b] ?? NaN,
            1e-13 * size,
            `inner ${a}, ${b}`,
          );
        }
      }
      const shares = grams.map((k, a) => -toNumber(k.total()) / n ** 2 / (found.scale[a] ?? NaN));
      shares.forEach((share, a) => expectWithin(found.constant[a] ?? NaN, share, 1e-13 * Math.abs(share), "constant"));
    }),
    { seed: 55, numRuns: 40 },
  );
});
