import type { NativeOperator, NativeSource } from "./native.ts";
import type { Layer, Operator } from "./operators.ts";

/** Operators of the same samples, grouped by kernel, and the pairs of them that are asked for. */
export interface OperatorGroups {
  readonly samples: number;
  readonly groups: readonly (readonly Operator[])[];
  /** Pairs asked for in each group, as indices into the group. */
  readonly pairs: readonly (readonly (readonly [number, number])[])[];
}

/** The operators as native code takes them: those that read the same rows in the same way share a source. */
export function shareSources(groups: readonly (readonly Operator[])[]): {
  sources: NativeSource[];
  operators: NativeOperator[];
} {
  const sources: NativeSource[] = [];
  const indices = new Map<Layer, Map<string, number>>();
  const operators = groups.flatMap((group, g) =>
    group.map((operator) => {
      const byKey = indices.get(operator.layer) ?? new Map<string, number>();
      indices.set(operator.layer, byKey);
      let source = byKey.get(operator.sourceKey);
      if (source === undefined) {
        source = sources.push(operator.source) - 1;
        byKey.set(operator.sourceKey, source);
      }
      return { ...operator.map, source, group: g };
    }),
  );
  return { sources, operators };
}
