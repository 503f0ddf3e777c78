import { createRequire } from "node:module";
import { Command } from "commander";
import { addBounds } from "./commands/bounds-command.ts";
import { addCompare } from "./commands/compare-command.ts";
import { addInspect } from "./commands/inspect-command.ts";
import { addMetrics } from "./commands/metrics-command.ts";
import { addReport } from "./commands/report-command.ts";
import { addStitch } from "./commands/stitch-command.ts";
import { addTask } from "./commands/task-command.ts";
import { addHelp } from "./help/add-help.ts";
import { overviewDescription, overviewSections } from "./help/overview.ts";

/** The command line as commander has it. Actions load their machinery when they run, so `--help` stays quick. */
export function program(): Command {
  const root = new Command("gramian")
    .description(overviewDescription)
    .version(version(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .showSuggestionAfterError(true)
    .exitOverride()
    // Errors are printed by one hand only, in run.ts.
    .configureOutput({ outputError: () => {} })
    .configureHelp({ styleTitle: (title) => `\u001b[1m${title}\u001b[22m` });
  addCompare(root);
  addInspect(root);
  addMetrics(root);
  addReport(root);
  addTask(root);
  addStitch(root);
  addBounds(root);
  return addHelp(root, overviewSections);
}

function version(): string {
  const found: unknown = createRequire(import.meta.url)("../../package.json");
  return typeof found === "object" && found !== null && "version" in found ? String(found.version) : "unknown";
}
