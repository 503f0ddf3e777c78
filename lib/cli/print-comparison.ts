import type { ComparisonData } from "../result.ts";
import { summaryText } from "../report/summary-text.ts";
import { tableText } from "../report/table-text.ts";
import { formatBytes } from "./format-bytes.ts";
import { formatDuration } from "./format-duration.ts";
import { printable } from "./printable.ts";
import type { ReadSides } from "./read-sides.ts";
import { showsColours, style } from "./style.ts";
import { terminalWidth } from "./terminal-width.ts";

/** What was compared: `12 layers` of one side with each other, or `12 × 48 layers`. */
export function sizeOf(rows: number, columns: number | null): string {
  if (columns !== null) return `${rows} × ${columns} layers`;
  return rows === 1 ? "1 layer" : `${rows} layers`;
}

/** More tables than these scroll away before they are read. */
const mostTables = 4;

/** Whether a comparison is printed as a line a metric: there are many of them, and nobody asked for all tables. */
export function isSummarised(data: ComparisonData, tables: boolean): boolean {
  return !tables && data.matrices.length > mostTables;
}

/** A comparison on standard output: its tables, a blank line between them, or a line a metric. */
export function printResult(data: ComparisonData, summarised: boolean): void {
  const options = { width: terminalWidth(process.stdout), colour: showsColours(process.stdout) };
  const text = summarised
    ? summaryText(data, options)
    : data.matrices.map((matrix) => tableText(data, matrix, options)).join("\n\n");
  process.stdout.write(`${text}\n`);
}

/** Warnings, what was passed over, and how it was computed, on standard error. */
export function printNotes(data: ComparisonData, { sample, notes }: Pick<ReadSides, "sample" | "notes">): void {
  const { stderr } = process;
  for (const { code, message } of data.warnings) {
    stderr.write(`${style(stderr, "yellow", `warning[${code}]:`)} ${printable(message)}\n`);
  }
  for (const note of notes) stderr.write(`${style(stderr, "cyan", "note:")} ${note}\n`);
  const { plan } = data;
  const size = sizeOf(data.rows.length, data.symmetric ? null : data.columns.length);
  const samples =
    sample === null ? `${data.samples} samples` : `${data.samples} of ${sample.of} samples (seed ${sample.seed})`;
  const threads = `${plan.threads} ${plan.threads === 1 ? "thread" : "threads"}`;
  const lines = [
    `${size} on ${samples} in ${formatDuration((data.timings["total"] ?? NaN) / 1000)}`,
    plan.space === "none"
      ? `plan: no tiles, ${threads} (${plan.reason})`
      : `plan: ${spaces[plan.space]}, ${plan.precision} tiles, ${threads}, ${giga(plan.flops[plan.space] ?? NaN)} Gflop, ` +
        `at most ${formatBytes(plan.memory)} beyond the activations (${plan.reason})`,
  ];
  for (const line of lines) stderr.write(`${style(stderr, "dim", line)}\n`);
}

const spaces = { gram: "Gram space", feature: "feature space", minibatch: "minibatches" } as const;

function giga(flops: number): string {
  return String(Number((flops / 1e9).toPrecision(2)));
}
