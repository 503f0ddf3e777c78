import type { Command } from "commander";
import { addHelp } from "../help/add-help.ts";
import { stitchDescription, stitchSections } from "../help/stitch-help.ts";
import { positiveNumber, share, wholeNumber } from "../parse-number.ts";
import { addOutputOptions } from "./output-options.ts";

/** What the user asked of `stitch`. */
export interface StitchFlags {
  readonly from: string;
  readonly to: string;
  readonly head: string;
  readonly headFrom?: string;
  readonly order?: string;
  readonly targets: string;
  readonly stitcher: string;
  readonly split?: number;
  readonly seed?: number;
  readonly lipschitz?: number;
  readonly taskAware?: true;
  readonly save?: string;
  readonly threads?: number;
  readonly json?: true;
  readonly quiet?: true;
}

/** Declares `gramian stitch`. */
export function addStitch(root: Command): void {
  const command = root
    .command("stitch")
    .summary("run one network's head on another's features: what it costs, and the bound")
    .description(stitchDescription)
    .requiredOption("--from <file:tensor>", "the layer stitched from: its activations")
    .requiredOption("--to <file:tensor>", "the layer stitched into: its activations on the same samples")
    .requiredOption("--head <file>", "weights (.safetensors) of the network stitched into")
    .option("--head-from <point>", "its stitch point that the layer of --to is (default: the tensor's name)")
    .option("--order <modules>", "its modules in order, where the file does not say, e.g. 'l.0 relu l.1'")
    .requiredOption("--targets <file:tensor>", "labels (whole numbers), or numbers to predict (samples × targets)")
    .option("--stitcher <stitcher>", "how features are carried over, see below", "affine")
    .option("--split <share>", "fit on this share of the rows, e.g. 0.8, and hold the others out", share("--split"))
    .option("--seed <s>", "seed of the split (default: 0)", wholeNumber("--seed", 0, 2 ** 32 - 1))
    .option("--lipschitz <k>", "κ of the head on your word, in place of its own", positiveNumber("--lipschitz"))
    .option("--task-aware", "search on from the stitcher for the least risk, and tell both")
    .option("--save <file>", "write the stitcher's weight and bias (.safetensors)")
    .option(
      "-t, --threads <n>",
      "threads (default: the cores that this process may use)",
      wholeNumber("--threads", 1, 64),
    );
  addOutputOptions(command, "print all numbers as JSON on standard output instead of the table");
  addHelp(command, stitchSections).action(async (flags: StitchFlags) => {
    const { stitchCommand } = await import("./stitch.ts");
    await stitchCommand(flags);
  });
}
