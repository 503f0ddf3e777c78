import type { Command } from "commander";
import { Option } from "commander";
import { checkOneOf } from "../../check.ts";
import { gather } from "../gather.ts";
import { addHelp } from "../help/add-help.ts";
import { compareDescription, compareSections } from "../help/compare-help.ts";
import { type PresetName, presetNames } from "../../metrics/preset-names.ts";
import { parseBytes } from "../parse-bytes.ts";
import { share, wholeNumber } from "../parse-number.ts";
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
  readonly preset?: readonly PresetName[];
  readonly kernel?: readonly string[];
  readonly estimator?: "biased" | "debiased" | "minibatch";
  readonly batch?: number;
  readonly permutations?: number;
  readonly quantile?: number;
  readonly intervals?: "jackknife" | "bootstrap";
  readonly level?: number;
  readonly resamples?: number;
  readonly precision: "auto" | "f32" | "f64";
  readonly space: "auto" | "gram" | "feature";
  readonly threads?: number;
  readonly memoryLimit?: number;
  readonly out?: string;
  readonly title?: string;
  readonly tables?: true;
  readonly json?: true;
  readonly quiet?: true;
}

function gatherPresets(value: string, before: readonly PresetName[] | undefined): readonly PresetName[] {
  return [...(before ?? []), checkOneOf(value, "--preset", presetNames)];
}

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
    .option(
      "-m, --metric <metric>",
      "a metric, as in cka.debiased or 'kcc(kappa=0.01)' (repeatable; default: cka and cka.debiased)",
      gather,
    )
    .addOption(
      new Option(
        "-p, --preset <preset>",
        `metrics by the list: ${presetNames.join(", ")} (repeatable; adds to --metric)`,
      ).argParser(gatherPresets),
    )
    .option("-k, --kernel <kernel>", "a kernel (repeatable; default: each metric's own)", gather)
    .addOption(
      new Option("-e, --estimator <estimator>", "for metrics without a suffix of their own").choices([
        "biased",
        "debiased",
        "minibatch",
      ]),
    )
    .option("--batch <n>", "samples a batch, for minibatch estimates (default: 256)", wholeNumber("--batch", 4))
    .optionsGroup("How sure it is:")
    .option(
      "--permutations <n>",
      "shuffle the samples of one side n times: p-values and calibrated scores",
      wholeNumber("--permutations", 0, 1e6),
    )
    .option(
      "--quantile <q>",
      "the quantile of the shuffled values that calibrated scores start from (default: 0.95)",
      share("--quantile"),
    )
    .addOption(
      new Option("--intervals <method>", "intervals over samples for KA, CKA and dCor²").choices([
        "jackknife",
        "bootstrap",
      ]),
    )
    .option("--level <l>", "coverage of the intervals (default: 0.95)", share("--level"))
    .option("--resamples <b>", "bootstrap samples (default: 1000)", wholeNumber("--resamples", 2, 1e6))
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
    .option("--title <text>", "title of the report")
    .option("--tables", "print a table for every metric, however many there are");
  addOutputOptions(command, "print results.json on standard output instead of tables");
  addHelp(command, compareSections).action(async (inputs: string[], flags: CompareFlags) => {
    const { compareCommand } = await import("./compare.ts");
    await compareCommand(inputs, flags);
  });
}
