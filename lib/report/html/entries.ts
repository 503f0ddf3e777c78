import { escaped } from "../svg/markup.ts";

/** What a number is: its name, its formula, and what it tells. */
export type Definition = readonly [name: string, formula: string, meaning: string];

/** Definitions side by side. */
export function definitionEntries(definitions: readonly Definition[]): string {
  const entries = definitions.map(
    ([name, formula, meaning]) =>
      `<article><h3>${escaped(name)}</h3><p><code>${escaped(formula)}</code></p><p>${escaped(meaning)}</p></article>`,
  );
  return `<div class="entries">${entries.join("")}</div>`;
}
