import type { Command } from "commander";
import { gather } from "../gather.ts";
import { addHelp } from "../help/add-help.ts";
import { inspectDescription, inspectSections } from "../help/inspect-help.ts";
import { addOutputOptions } from "./output-options.ts";

/** What the user asked of `inspect`. */
export interface InspectFlags {
  readonly layers?: readonly string[];
  readonly json?: true;
  readonly quiet?: true;
}

/** Declares `gramian inspect`. */
export function addInspect(root: Command): void {
  const command = root
    .command("inspect")
    .summary("list the layers of files: shapes, types, non-finite entries, norms")
    .description(inspectDescription)
    .argument("<inputs...>", "files, directories or quoted globs; FILE#PATTERN looks at matching tensors only")
    .option("-l, --layers <glob>", "only tensors whose names match (repeatable)", gather);
  addOutputOptions(command, "print the facts as JSON on standard output");
  addHelp(command, inspectSections).action(async (inputs: string[], flags: InspectFlags) => {
    const { inspectCommand } = await import("./inspect.ts");
    await inspectCommand(inputs, flags);
  });
}
