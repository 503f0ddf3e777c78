// Besides the control characters: line and paragraph separators, and the marks that turn the direction of the text around them.
const unsafe = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** Text from elsewhere (a path, a layer's name) made harmless for a terminal and kept on one line: what could act becomes a space. */
export function printable(text: string): string {
  return text.replace(unsafe, " ");
}
