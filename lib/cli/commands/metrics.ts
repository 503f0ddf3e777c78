import { type MetricEntry, metrics } from "../../catalogue.ts";
import { nearNames } from "../../io/near-names.ts";
import { listText } from "../catalogue/list-text.ts";
import { metricText } from "../catalogue/metric-text.ts";
import { presetsWith } from "../catalogue/presets-with.ts";
import { showsColours } from "../style.ts";
import { terminalWidth } from "../terminal-width.ts";
import { UsageError } from "../usage-error.ts";
import type { MetricsFlags } from "./metrics-command.ts";

/** The metric that `name` begins with: what stands behind a dot or a bracket is a choice that the metric leaves open. */
function entryOf(name: string, entries: readonly MetricEntry[]): MetricEntry {
  const id = name.trim().replace(/[.(@].*$/, "");
  const found = entries.find((entry) => entry.id === id);
  if (found !== undefined) return found;
  const near = nearNames(
    entries.map((entry) => entry.id),
    id,
    3,
  );
  throw new UsageError(
    `Expected the id of a metric but received ${JSON.stringify(name)}.`,
    `Did you mean ${near.slice(0, -1).join(", ")} or ${near.at(-1)}? \`gramian metrics\` lists all.`,
  );
}

/** `gramian metrics`. */
export function metricsCommand(names: readonly string[], flags: MetricsFlags): void {
  const all = metrics.list();
  const named = names.length === 0 ? all : names.map((name) => entryOf(name, all));
  const entries = named.filter(({ family }) => flags.family === undefined || family === flags.family);
  if (entries.length === 0) {
    throw new UsageError(`None of these metrics is of the family ${flags.family}.`, "Leave --family out.");
  }
  const { stdout } = process;
  if (flags.json) {
    const told = entries.map((entry) => ({ ...entry, presets: presetsWith(entry.id) }));
    stdout.write(`${JSON.stringify({ metrics: told }, null, 2)}\n`);
    return;
  }
  const options = { width: Math.min(100, terminalWidth(stdout)), colour: showsColours(stdout) };
  const text =
    names.length === 0 ? listText(entries, options) : entries.map((entry) => metricText(entry, options)).join("\n\n");
  stdout.write(`${text}\n`);
}
