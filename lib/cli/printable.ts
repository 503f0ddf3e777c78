/** Text from a file (a layer's name, say) made harmless for a terminal and kept on one line: control characters become a space. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ");
}
