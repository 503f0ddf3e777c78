import type { OperatorRequest, TableContext } from "../metric.ts";

/** The operators of metrics that compare column spaces. */
export const projectorOperators = (): readonly OperatorRequest[] => [{ make: "projector" }];

/** ⟨P_1,P_2⟩ and the ranks tr P_1, tr P_2: whole numbers but for rounding. */
export function projectorProducts(
  { table }: TableContext,
  a: number,
  b: number,
): { readonly inner: number; readonly ranks: readonly [number, number] } {
  const rank = (x: number): number => Math.round(table!.trace(x) * table!.unit(x, x) ** 0.5);
  return { inner: table!.inner(a, b) * table!.unit(a, b), ranks: [rank(a), rank(b)] };
}
