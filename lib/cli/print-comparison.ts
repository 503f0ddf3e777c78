import type { ComparisonData } from "../result.ts";
import { tableText } from "../report/table-text.ts";
import { formatBytes } from "./format-bytes.ts";
import { formatDuration } from "./format-duration.ts";
import { printable } from "./printable.ts";
import { showsColours, style } from "./style.ts";
import { terminalWidth } from "./terminal-width.ts";

/** The tables of a comparison on standard output, a blank line between them. */
export function printTables(data: ComparisonData): void {
  const options = { width: terminalWidth(process.stdout), colour: showsColours(process.stdout) };
  const tables = data.matrices.map((matrix) => tableText(data, matrix, options));
  process.stdout.write(`${tables.join("\n\n")}\n`);
}

/** Warnings, and how it was computed, on standard error. */
export function printNotes(data: ComparisonData): void {
  const { stderr } = process;
  for (const { code, message } of data.warnings) {
    stderr.write(`${style(stderr, "yellow", `warning[${code}]:`)} ${printable(message)}\n`);
  }
  const { plan, samples, rows, columns, timings } = data;
  const size = data.symmetric ? `${rows.length} layers` : `${rows.length} × ${columns.length} layers`;
  const how = `${plan.space} space, ${plan.precision} tiles, ${plan.threads} ${plan.threads === 1 ? "thread" : "threads"}`;
  const cost = `${formatDuration((timings["total"] ?? 0) / 1000)}, at most ${formatBytes(plan.memory)} beyond the activations`;
  stderr.write(`${style(stderr, "dim", `${size} on ${samples} samples; ${how}; ${cost}`)}\n`);
}
