import { wrap } from "../wrap.ts";

/** A part of a help text: terms with their explanations, or lines that are printed as they are (commands to copy). */
export interface HelpSection {
  readonly title: string;
  readonly items?: readonly (readonly [term: string, text: string])[];
  readonly lines?: readonly string[];
  readonly text?: string;
}

/** Lays sections out for a terminal of `width` columns: explanations are wrapped beside their terms, commands are left whole. */
export function formatHelp(sections: readonly HelpSection[], width: number): string {
  return sections.map((section) => `\n${section.title}:\n${body(section, width).join("\n")}`).join("\n");
}

function body({ items = [], lines = [], text }: HelpSection, width: number): string[] {
  const column = 2 + Math.max(0, ...items.map(([term]) => term.length)) + 2;
  return [
    ...(text === undefined ? [] : wrap(text, width - 2).map((line) => `  ${line}`)),
    ...items.flatMap(([term, explained]) =>
      wrap(explained, width - column).map(
        (line, index) => `${index === 0 ? `  ${term}`.padEnd(column) : " ".repeat(column)}${line}`,
      ),
    ),
    ...lines.map((line) => `  ${line}`),
  ];
}
