import type { ComparisonData } from "../result.ts";
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

/** The tables of a comparison on standard output, a blank line between them. */
export function printTables(data: ComparisonData): void {
  const options = { width: terminalWidth(process.stdout), colour: showsColours(process.stdout) };
  const tables = data.matrices.map((matrix) => tableText(data, matrix, options));
  process.stdout.write(`${tables.join("\n\n")}\n`);
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
