/** Text as wide as a terminal shows it: by code points, not by UTF-16 units. */
export function length(text: string): number {
  return [...text].length;
}

export function padEnd(text: string, size: number): string {
  return text + " ".repeat(Math.max(0, size - length(text)));
}

export function padStart(text: string, size: number): string {
  return " ".repeat(Math.max(0, size - length(text))) + text;
}

/** The width of the widest. */
export function longest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, length(text)), 0);
}
