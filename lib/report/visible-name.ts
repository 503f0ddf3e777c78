// Control characters, lone surrogates, line and paragraph separators, and the marks that turn the direction of text.
const invisible = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/**
 * A name as it is shown. Layer names come from files that anybody may have written: characters that would end a line, move the
 * cursor of a terminal, turn the direction of the text around them or are forbidden in XML are shown as `\u{…}`. Files that
 * programs read (results.json, pairs.csv) hold the names as they are.
 */
export function visibleName(name: string): string {
  return name.replace(invisible, (mark) => `\\u{${(mark.codePointAt(0) ?? 0).toString(16)}}`);
}

/** Cut in the middle, for layer names differ at both ends. Counts characters as people do: by code points. */
export function shortened(name: string, length: number): string {
  const characters = [...name];
  if (characters.length <= length) return name;
  if (length <= 1) return "…".slice(0, Math.max(0, length));
  const tail = Math.ceil((length - 1) / 2);
  const head = length - 1 - tail;
  return `${characters.slice(0, head).join("")}…${characters.slice(characters.length - tail).join("")}`;
}
