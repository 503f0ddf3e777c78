import { gapSentences, missingReasons, stitchingText } from "../report/stitching/stitching-text.ts";
import type { WrittenStitching } from "../report/stitching/write.ts";
import type { StitchingResult } from "../stitching-result.ts";
import { formatDuration } from "./format-duration.ts";
import { printable } from "./printable.ts";
import { showsColours, style } from "./style.ts";
import { terminalWidth } from "./terminal-width.ts";
import { wrap } from "./wrap.ts";

/** A sweep on standard output: a table for each direction, and what the theorems say of all of it. */
export function printStitching(result: StitchingResult): void {
  const width = terminalWidth(process.stdout);
  const text = stitchingText(result, { width, colour: showsColours(process.stdout) });
  const sentences = gapSentences(result).flatMap((sentence) => wrap(sentence, width));
  process.stdout.write(`${text}\n\n${sentences.join("\n")}\n`);
}

/** What is missing and why, what was passed over, how long it took and where the report is, on standard error. */
export function printStitchingNotes(
  result: StitchingResult,
  notes: readonly string[],
  written: WrittenStitching | null,
): void {
  const { stderr } = process;
  for (const reason of missingReasons(result)) stderr.write(`${style(stderr, "yellow", "–")} ${printable(reason)}\n`);
  for (const note of notes) stderr.write(`${style(stderr, "cyan", "note:")} ${printable(note)}\n`);
  const { rows, stitcher, samples, timings, directions } = result;
  const pairs = directions.reduce((sum, direction) => sum + direction.pairs.length, 0);
  const split =
    rows.heldOut > 0 ? `, fitted on ${rows.fitted} (seed ${rows.seed})` : ", all fitted on: --split 0.8 holds some out";
  const line = `${pairs} pairs, ${stitcher} stitcher, ${samples} samples${split}, in ${formatDuration((timings["total"] ?? NaN) / 1000)}`;
  stderr.write(`${style(stderr, "dim", line)}\n`);
  if (written !== null) stderr.write(`report: ${printable(written.html)}\n`);
}
