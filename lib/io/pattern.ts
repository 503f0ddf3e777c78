import picomatch from "picomatch";

import { checkString, expected } from "../check.ts";
import type { FileError } from "../errors.ts";
import { fileError } from "./file-error.ts";
import { nearNamesHint } from "./find-tensor.ts";
import { quoted } from "./quoted.ts";

const longestRange = 10_000;

// Globs treat the slash as a wall that `*` does not pass. Tensor names are not paths, so to the matcher a slash is an ordinary
// character: one of the private use area, which no writer of tensors has a use for.
const slash = "\uE000";

function withoutSlashes(text: string): string {
  return text.replaceAll("/", slash);
}

/** `{0..11}`, `{00..11}`, `{0..12..4}` and `{a..e}` as alternatives of a regular expression. */
function rangeSource(from: string, to: string, step: string | undefined): string {
  const letters = /^[a-zA-Z]$/;
  if (step === undefined && letters.test(from) && letters.test(to) && from <= to) return `[${from}-${to}]`;
  const [first, last, by] = [from, to, step ?? "1"].map(Number) as [number, number, number];
  const integers = [from, to, step ?? "1"].every((text) => /^[0-9]{1,9}$/.test(text));
  const count = Math.floor(Math.abs(last - first) / by) + 1;
  if (!integers || by === 0 || count > longestRange) {
    throw new RangeError(`{${from}..${to}} is not a range of at most ${longestRange} whole numbers`);
  }
  const padded = [from, to].some((text) => /^0[0-9]/.test(text)) ? Math.max(from.length, to.length) : 0;
  const direction = first <= last ? by : -by;
  const numbers = Array.from({ length: count }, (_, k) => String(first + k * direction).padStart(padded, "0"));
  return `(?:${numbers.join("|")})`;
}

function expandRange(from: string, to: string, ...rest: readonly unknown[]): string {
  return rangeSource(from, to, typeof rest[0] === "string" ? rest[0] : undefined);
}

function matcher(pattern: string): (name: string) => boolean {
  try {
    // Without extended globs, whose nested repetitions can take exponential time.
    const matches = picomatch(withoutSlashes(pattern), { dot: true, noextglob: true, windows: false, expandRange });
    return (name) => matches(withoutSlashes(name));
  } catch (cause) {
    throw expected("a glob of tensor names", "pattern", pattern, { cause });
  }
}

function nothingMatches(names: readonly string[], pattern: string, file: string): FileError {
  const problem = `no tensor matches the pattern ${quoted(pattern)}. ${nearNamesHint(names, pattern)}`;
  return fileError("NO_SUCH_TENSOR", { file }, problem, { details: { pattern } });
}

/**
 * The names that a glob selects, in the order given. `*` and `?` match any characters, dots and slashes too; `[a-c]`, `{q,k,v}`,
 * `{0..11}` and a leading `!` (all but) work as in a shell. A pattern that is itself one of the names selects that one, whatever
 * brackets it holds.
 *
 * @param names The tensors' names.
 * @param pattern The glob, e.g. `blocks.{0..11}.mlp*`.
 * @param file Named in the error.
 * @throws FileError NO_SUCH_TENSOR when nothing matches, with the nearest names; ArgumentError for a pattern that is none.
 */
export function matchNames(names: readonly string[], pattern: string, file = "the file"): string[] {
  checkString(pattern, "pattern");
  if (names.includes(pattern)) return [pattern];
  // Globs never match the names "", "." and ".."; everything means everything.
  const found = pattern === "*" || pattern === "**" ? [...names] : names.filter(matcher(pattern));
  if (found.length === 0) throw nothingMatches(names, pattern, file);
  return found;
}
