import { checkCompareOptions } from "../compare-options.ts";
import { type EngineInput, runEngine } from "../engine.ts";
import type { Kernel } from "../kernels/kernel.ts";
import type { MedianDistance } from "../kernels/median.ts";
import type { Layer } from "../layer.ts";
import { ckaMetric } from "../metrics/alignment/cka.ts";
import { kaMetric } from "../metrics/alignment/ka.ts";
import { kernelOperator, type Operator } from "../operators.ts";
import { planFor } from "../plan-for.ts";
import type { Cell } from "../result.ts";
import type { Table } from "../table.ts";
import type { CheckedSpectralOptions } from "./options.ts";

/** A layer with the kernel it is seen through: layers and targets of one run have different ones. */
export interface Member {
  readonly layer: Layer;
  readonly kernel: Kernel;
}

/** Inner products of the members' kernel matrices. */
export interface AlignmentTable {
  readonly samples: number;
  readonly precision: "f32" | "f64";
  readonly table: Table | null;
  /** A member's number in the table, or why it has none. */
  readonly places: readonly (number | { readonly reason: string })[];
  /** ⟨K_i/units[0], K_j/units[1]⟩ of members that have a place. */
  readonly innerProduct: (i: number, j: number, units: readonly [number, number]) => number;
}

/** One pass of the engine over all members; `pairs` are those that are aligned, and every member is paired with itself. */
export async function alignmentTable(
  members: readonly Member[],
  pairs: readonly (readonly [number, number])[],
  medians: ReadonlyMap<Layer, MedianDistance>,
  { precision, threads, seed, signal, onProgress }: CheckedSpectralOptions,
): Promise<AlignmentTable> {
  const operators: Operator[] = [];
  const places = members.map(({ layer, kernel }) => {
    const operator = kernelOperator(layer, kernel, medians.get(layer));
    return "reason" in operator ? operator : operators.push(operator) - 1;
  });
  const samples = members[0]!.layer.samples;
  const flat = operators.flatMap((_, i) => [i, i]);
  for (const pair of pairs) {
    const [i, j] = pair.map((member) => places[member]!);
    if (typeof i === "number" && typeof j === "number" && i !== j) flat.push(Math.min(i, j), Math.max(i, j));
  }
  const input: EngineInput = { samples, groups: [operators], pairs: Uint32Array.from(flat), neighbours: null };
  const options = checkCompareOptions({ precision, threads, seed }, "options");
  const plan = planFor(input, options, { estimators: new Set(["biased"]), held: 0 });
  const { table } =
    operators.length === 0 ? { table: null } : await runEngine(input, plan, { seed, signal, onProgress });
  return {
    samples,
    precision: plan.precision,
    table,
    places,
    innerProduct(i, j, units) {
      const [a, b] = [places[i] as number, places[j] as number];
      return table!.inner(a, b) * (table!.scale(a) / units[0]) * (table!.scale(b) / units[1]);
    },
  };
}

/** KA or CKA of two members, by the formulas that `compare` has for them. */
export function kernelAlignment(found: AlignmentTable, i: number, j: number, which: "ka" | "cka"): Cell {
  const [a, b] = [found.places[i]!, found.places[j]!];
  if (typeof a !== "number") return { value: NaN, status: "undefined", reason: a.reason };
  if (typeof b !== "number") return { value: NaN, status: "undefined", reason: b.reason };
  const metric = which === "ka" ? kaMetric : ckaMetric;
  const context = {
    table: found.table,
    batches: null,
    rounding: (found.precision === "f64" ? 2 ** -53 : 2 ** -24) * Math.sqrt(found.samples),
    normalization: "n-1" as const,
  };
  const outcome = metric.evaluate(context, [a], [b], { variant: which === "ka" ? null : "biased", parameters: {} });
  return outcome.reason === undefined
    ? { value: outcome.value, status: "ok", reason: null }
    : { value: NaN, status: "undefined", reason: outcome.reason };
}
