import type { OperatorGroups } from "../share-sources.ts";

/** The pairs of all groups as a0, b0, a1, b1, …, operators counted over all groups; (a, b) stays (a, b). */
export function orderedPairs({ groups, pairs }: OperatorGroups): Uint32Array {
  const flat: number[] = [];
  let offset = 0;
  for (const [g, group] of groups.entries()) {
    for (const [a, b] of pairs[g]!) flat.push(offset + a, offset + b);
    offset += group.length;
  }
  return Uint32Array.from(flat);
}
