import type { Command } from "commander";
import { addHelp } from "../help/add-help.ts";
import { exitCodesHelp } from "../help/exit-codes.ts";
import { addOutputOptions } from "./output-options.ts";

/** What the user asked of `report`. */
export interface ReportFlags {
  readonly out?: string;
  readonly title?: string;
  readonly quiet?: true;
}

/** Declares `gramian report`. */
export function addReport(root: Command): void {
  const command = root
    .command("report")
    .summary("draw the report again from results.json")
    .description(
      "Draw report.html, heatmap-*.svg and pairs.csv again from the results.json of an earlier run: after an update of gramian, or " +
        "with another title. Nothing is computed; the activations are not needed.",
    )
    .argument("<results>", "a directory that compare --out wrote, or its results.json")
    .option("-o, --out <dir>", "write there (default: beside results.json)")
    .option("--title <text>", "another title");
  addOutputOptions(command, null);
  addHelp(command, [exitCodesHelp]).action(async (results: string, flags: ReportFlags) => {
    const { reportCommand } = await import("./report.ts");
    await reportCommand(results, flags);
  });
}
