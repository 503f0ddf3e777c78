import { expected } from "../check.ts";
import type { Head } from "./head.ts";

/** Something with what a {@link Head} must have; a caller may bring one of their own. */
export function checkHead(value: unknown, name: string): Head {
  const head = value as Partial<Head> | null | undefined;
  const fits =
    typeof head === "object" &&
    head !== null &&
    typeof head.name === "string" &&
    Number.isSafeInteger(head.inputs) &&
    Number.isSafeInteger(head.outputs) &&
    [head.linear, head.apply, head.lipschitz].every((method) => typeof method === "function");
  if (!fits) throw expected("a head, of heads.linear, network, fromFunction or load,", name, value);
  return head as Head;
}
