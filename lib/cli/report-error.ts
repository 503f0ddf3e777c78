import { GramianError } from "../errors.ts";
import { hintFor } from "./hints.ts";
import { Interrupted } from "./interrupted.ts";
import { printable } from "./printable.ts";
import { style } from "./style.ts";

/** Prints a failure on stderr: `error[CODE]: what happened`, what to do about it, and where it came from with `debug`. */
export function reportError(error: unknown, debug: boolean): void {
  const { stderr } = process;
  if (error instanceof Interrupted) {
    stderr.write(`Interrupted (${error.signal}). ${error.kept ?? "Nothing was written."}\n`);
    return;
  }
  const code = error instanceof GramianError ? error.code : "INTERNAL";
  stderr.write(`${style(stderr, "red", `error[${code}]:`)} ${messageOf(error)}\n`);
  const hint = hintFor(error);
  if (hint !== null) stderr.write(`${style(stderr, "cyan", "hint:")} ${hint}\n`);
  if (debug) stderr.write(`${stackOf(error)}\n`);
}

function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  // The addon's loader lists what it tried, one place a line.
  const ours = error instanceof GramianError && error.code === "NATIVE_LOAD";
  return ours ? message.split("\n").map(printable).join("\n") : printable(message);
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? "" : `\ncaused by: ${stackOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
