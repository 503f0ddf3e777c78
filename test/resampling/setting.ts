import { checkCompareOptions } from "../../lib/compare-options.ts";
import { type EngineInput, runEngine } from "../../lib/engine.ts";
import { type Kernel, linear } from "../../lib/index.ts";
import type { Layer } from "../../lib/layer.ts";
import { kernelOperator, type Operator } from "../../lib/operators.ts";
import { planFor } from "../../lib/plan-for.ts";
import type { PermutedChunk } from "../../lib/resampling/permutation-null.ts";
import { sharingProducts } from "../../lib/shared-products.ts";
import type { OperatorTable } from "../../lib/operator-table.ts";
import type { Table } from "../../lib/table.ts";
import { type Features, features } from "../twin/features.ts";
import { gaussian } from "../twin/random.ts";

/** One group of operators a kernel, with all pairs or those given. */
export function inputOf(
  layers: readonly Layer[],
  kernels: readonly Kernel[] = [linear()],
  pairs?: readonly (readonly [number, number])[],
): EngineInput {
  const groups = kernels.map((kernel) =>
    layers.map((layer): Operator => {
      const operator = kernelOperator(layer, kernel);
      if ("reason" in operator) throw new Error(operator.reason);
      return sharingProducts(operator);
    }),
  );
  const all = pairs ?? layers.flatMap((_, a) => layers.slice(a).map((__, b): [number, number] => [a, a + b]));
  const flat = groups.flatMap((group, g) => all.flatMap(([a, b]) => [g * group.length + a, g * group.length + b]));
  return { samples: layers[0]!.samples, groups, pairs: Uint32Array.from(flat), neighbours: null };
}

/** What the engine has to say of them, nothing permuted. */
export async function tableFor(input: EngineInput, precision: "f32" | "f64" = "f64"): Promise<Table> {
  const options = checkCompareOptions({ precision, threads: 2, space: "gram" }, "options");
  const { table } = await runEngine(input, planFor(input, options, { estimators: new Set(["biased"]), held: 0 }), {
    seed: 0,
  });
  if (table === null) throw new Error("the plan has no table");
  return table;
}

/** Gaussian features, and others that see the first ones through noise. */
export function relatives(n: number, widths: readonly number[], noise: number, seed: number): Features[] {
  const first = gaussian(n, widths[0]!, seed);
  return widths.map((d, k) => {
    const own = gaussian(n, d, seed + 100 + k);
    if (k === 0) return first;
    return features(n, d, (i, j) => first.data[i * first.d + (j % first.d)]! + noise * own.data[i * d + j]!);
  });
}

export function cka(table: OperatorTable, a: number, b: number): number {
  const self = Math.sqrt(table.centredInner(a, a).value * table.centredInner(b, b).value);
  return table.centredInner(a, b).value / self;
}

export function debiasedCka(table: OperatorTable, a: number, b: number): number {
  const self = Math.sqrt(table.debiasedInner(a, a).value * table.debiasedInner(b, b).value);
  return table.debiasedInner(a, b).value / self;
}

export function ka(table: OperatorTable, a: number, b: number): number {
  return table.inner(a, b) / Math.sqrt(table.inner(a, a) * table.inner(b, b));
}

/** Every permutation's value of a formula over (a, L + b). */
export async function nullsOf(
  chunks: AsyncIterable<PermutedChunk>,
  permutations: number,
  formula: (chunk: PermutedChunk, k: number) => number[],
): Promise<Float64Array[]> {
  const nulls: Float64Array[] = [];
  for await (const chunk of chunks) {
    for (let k = 0; k < chunk.permutations; k += 1) {
      for (const [p, value] of formula(chunk, k).entries()) {
        nulls[p] ??= new Float64Array(permutations);
        nulls[p][chunk.first + k] = value;
      }
    }
  }
  return nulls;
}
