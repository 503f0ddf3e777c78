import type { NativeOperator, NativeSource } from "./native.ts";
import type { Layer } from "./layer.ts";
import type { Operator } from "./operators.ts";

/** Operators of the same samples in groups, and the pairs within groups that are asked for. */
export interface OperatorGroups {
  readonly samples: number;
  readonly groups: readonly (readonly Operator[])[];
  /** a0, b0, a1, b1, …, operators counted over all groups. */
  readonly pairs: Uint32Array;
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
