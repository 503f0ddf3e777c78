import { styleText } from "node:util";
import type { WriteStream } from "node:tty";

export type Style = "bold" | "dim" | "red" | "yellow" | "cyan";

/** Colours `text` only where `stream` is a terminal that shows colours; NO_COLOR and FORCE_COLOR decide before that. */
export function style(stream: NodeJS.WriteStream, how: Style, text: string): string {
  return showsColours(stream) ? styleText(how, text) : text;
}

/** Whether colours are to be shown on `stream`. */
export function showsColours(stream: NodeJS.WriteStream): boolean {
  if (process.env["NO_COLOR"]) return false;
  const force = process.env["FORCE_COLOR"];
  if (force !== undefined) return force !== "0" && force !== "false";
  return isTerminal(stream) && stream.hasColors();
}

// Node types every standard stream as a terminal; a pipe has none of its methods.
function isTerminal(stream: NodeJS.WriteStream): stream is NodeJS.WriteStream & WriteStream {
  return stream.isTTY === true && typeof stream.hasColors === "function";
}
