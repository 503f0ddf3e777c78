import type { ReportEnvironment } from "../environment.ts";
import { escaped } from "../svg/markup.ts";

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.map(shown).join(", ");
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}

/** Names with what they stand for, as a list. */
export function factList(entries: readonly (readonly [string, unknown])[]): string {
  return `<dl>${entries.map(([name, value]) => `<dt>${escaped(name)}<dd>${escaped(shown(value))}`).join("")}</dl>`;
}

/** The program, the machine and the command line behind a result. */
export function madeWith(environment: ReportEnvironment): readonly (readonly [string, unknown])[] {
  return [
    ["gramian", environment.version],
    ["created", environment.created],
    ...(environment.command === null ? [] : [["command", environment.command] as const]),
    ["system", `${environment.os}, ${environment.cpu}, Node.js ${environment.node}`],
  ];
}
