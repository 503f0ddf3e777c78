import { type Command, Option } from "commander";
import type { Family } from "../../result.ts";
import { addHelp } from "../help/add-help.ts";
import { families, metricsDescription, metricsSections } from "../help/metrics-help.ts";
import { addOutputOptions } from "./output-options.ts";

/** What the user asked of `metrics`. */
export interface MetricsFlags {
  readonly family?: Family;
  readonly json?: true;
}

/** Declares `gramian metrics`. */
export function addMetrics(root: Command): void {
  const command = root
    .command("metrics")
    .summary("list the metrics: what each answers, its range, what it ignores")
    .description(metricsDescription)
    .argument("[metrics...]", "metrics to be told everything about; without any, all are listed")
    .addOption(new Option("-f, --family <family>", "only the metrics of a family").choices(families));
  addOutputOptions(command, "print the catalogue as JSON on standard output");
  addHelp(command, metricsSections).action(async (names: string[], flags: MetricsFlags) => {
    const { metricsCommand } = await import("./metrics.ts");
    metricsCommand(names, flags);
  });
}
