import type { Command } from "commander";
import { gather } from "../gather.ts";
import { addHelp } from "../help/add-help.ts";
import { taskDescription, taskSections } from "../help/task-help.ts";
import { positiveNumber, wholeNumber } from "../parse-number.ts";
import { addOutputOptions } from "./output-options.ts";

/** What the user asked of `task`. */
export interface TaskFlags {
  readonly targets: string;
  readonly layers?: readonly string[];
  readonly layerAxis?: 0 | 1 | 2;
  readonly flatten?: true;
  readonly kernel?: string;
  readonly lambda?: readonly number[];
  readonly seed?: number;
  readonly threads?: number;
  readonly out?: string;
  readonly title?: string;
  readonly json?: true;
  readonly quiet?: true;
}

function gatherNumbers(name: string): (text: string, before: readonly number[] | undefined) => readonly number[] {
  const parse = positiveNumber(name);
  return (text, before) => [...(before ?? []), parse(text)];
}

/** Declares `gramian task`. */
export function addTask(root: Command): void {
  const command = root
    .command("task")
    .summary("how well each layer suits a task: labels or numbers to predict")
    .description(taskDescription)
    .argument(
      "<inputs...>",
      "files, directories or quoted globs of activations; FILE#PATTERN takes matching layers only",
    )
    .requiredOption("--targets <file:tensor>", "labels (whole numbers), or numbers to predict (samples × targets)")
    .option("-l, --layers <glob>", "only layers whose names match (repeatable)", gather)
    .option(
      "--layer-axis <k>",
      "tensors are stacks of layers along axis k (1 for samples × layers × features)",
      wholeNumber("--layer-axis", 0, 2),
    )
    .option("--flatten", "join all axes after the first to features (samples × channels × height × width)")
    .option("-k, --kernel <kernel>", "the kernel, e.g. rbf:median*0.5 (default: linear)")
    .option("--lambda <number>", "a λ > 0 of KARE (repeatable; default: a path of 41)", gatherNumbers("--lambda"))
    .option("--seed <s>", "seed of sampled bandwidths (default: 0)", wholeNumber("--seed", 0, 2 ** 32 - 1))
    .option(
      "-t, --threads <n>",
      "threads (default: the cores that this process may use)",
      wholeNumber("--threads", 1, 64),
    )
    .option("-o, --out <dir>", "write task.html, layers.csv, curves.csv and results.json there")
    .option("--title <text>", "title of the report");
  addOutputOptions(command, "print results.json on standard output instead of the table");
  addHelp(command, taskSections).action(async (inputs: string[], flags: TaskFlags) => {
    const { taskCommand } = await import("./task.ts");
    await taskCommand(inputs, flags);
  });
}
