import type { Command } from "commander";
import { Option } from "commander";
import { addHelp } from "../help/add-help.ts";
import { compareDescription, compareSections } from "../help/compare-help.ts";
import { parseBytes } from "../parse-bytes.ts";
import { wholeNumber } from "../parse-number.ts";
import { addOutputOptions } from "./output-options.ts";

/** What the user asked of `compare`, as commander hands it over. */
export interface CompareFlags {
  readonly with?: readonly string[];
  readonly all?: true;
  readonly layers?: readonly string[];
  readonly layerAxis?: 0 | 1 | 2;
  readonly flatten?: true;
  readonly rows?: number;
  readonly seed?: number;
  readonly metric?: readonly string[];
  readonly kernel?: readonly string[];
  readonly estimator?: "biased" | "debiased" | "minibatch";
  readonly batch?: number;
  readonly precision: "auto" | "f32" | "f64";
  readonly space: "auto" | "gram" | "feature";
  readonly threads?: number;
  readonly memoryLimit?: number;
  readonly out?: string;
  readonly title?: string;
  readonly json?: true;
  readonly quiet?: true;
}

const gather = (value: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), value];

/** Declares `gramian compare`. */
export function addCompare(root: Command): void {
  const command = root
    .command("compare")
    .summary("compare every layer of one network with every layer of another")
    .description(compareDescription)
    .argument(
      "<inputs...>",
      "files, directories or quoted globs of activations; FILE#PATTERN takes matching layers only",
    )
    .optionsGroup("What is compared:")
    .option("--with <inputs...>", "the columns; everything before it makes the rows")
    .addOption(new Option("--all", "with two networks: all layers of both against each other").conflicts("with"))
    .option(
      "-l, --layers <glob>",
      "only layers whose names match (repeatable); for inputs without a # of their own",
      gather,
    )
    .option(
      "--layer-axis <k>",
      "tensors are stacks of layers along axis k (1 for samples × layers × features)",
      wholeNumber("--layer-axis", 0, 2),
    )
    .option("--flatten", "join all axes after the first to features (samples × channels × height × width)")
    .option("--rows <n>", "compare a random sample of n rows, the same in every layer", wholeNumber("--rows", 1))
    .option(
      "--seed <s>",
      "seed of the sample of rows, of batches and of bandwidths (default: 0)",
      wholeNumber("--seed", 0, 2 ** 32 - 1),
    )
    .optionsGroup("How alikeness is measured:")
    .option("-m, --metric <metric>", "a metric (repeatable; default: cka and cka.debiased)", gather)
    .option("-k, --kernel <kernel>", "a kernel (repeatable; default: linear)", gather)
    .addOption(
      new Option("-e, --estimator <estimator>", "for metrics without a suffix of their own").choices([
        "biased",
        "debiased",
        "minibatch",
      ]),
    )
    .option("--batch <n>", "samples a batch, for minibatch estimates (default: 256)", wholeNumber("--batch", 4))
    .optionsGroup("How it is computed:")
    .addOption(
      new Option("--precision <type>", "element type of the products; sums are f64 always")
        .choices(["auto", "f32", "f64"])
        .default("auto"),
    )
    .addOption(
      new Option("--space <space>", "n × n products of a layer or d × d products of a pair; auto takes the cheaper")
        .choices(["auto", "gram", "feature"])
        .default("auto"),
    )
    .option(
      "-t, --threads <n>",
      "threads (default: the cores that this process may use)",
      wholeNumber("--threads", 1, 64),
    )
    .option(
      "--memory-limit <size>",
      "refuse work that needs more than this beyond the activations, e.g. 2GB",
      parseBytes("--memory-limit"),
    )
    .optionsGroup("What comes out:")
    .option("-o, --out <dir>", "write report.html, heatmap-*.svg, pairs.csv and results.json there")
    .option("--title <text>", "title of the report");
  addOutputOptions(command, "print results.json on standard output instead of tables");
  addHelp(command, compareSections).action(async (inputs: string[], flags: CompareFlags) => {
    const { compareCommand } = await import("./compare.ts");
    await compareCommand(inputs, flags);
  });
}
