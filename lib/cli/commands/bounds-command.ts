import type { Command } from "commander";
import { gather } from "../gather.ts";
import { addHelp } from "../help/add-help.ts";
import { boundsDescription, boundsSections } from "../help/bounds-help.ts";
import { share, wholeNumber } from "../parse-number.ts";
import { addOutputOptions } from "./output-options.ts";

/** What the user asked of `bounds`. */
export interface BoundsFlags {
  readonly weights?: readonly string[];
  readonly targets: string;
  readonly stitcher: string;
  readonly split?: number;
  readonly seed?: number;
  readonly baseline?: string;
  readonly baselineWeights?: string;
  readonly layers?: readonly string[];
  readonly flatten?: true;
  readonly threads?: number;
  readonly out?: string;
  readonly title?: string;
  readonly json?: true;
  readonly quiet?: true;
}

/** Declares `gramian bounds`. */
export function addBounds(root: Command): void {
  const command = root
    .command("bounds")
    .summary("stitch every layer of one network to every layer of another, both ways, against the bounds")
    .description(boundsDescription)
    .argument("<first>", "activations of the first network; FILE#PATTERN takes matching layers only")
    .argument("<second>", "those of the second, on the same samples")
    .requiredOption("--targets <file:tensor>", "labels (whole numbers), or numbers to predict (samples × targets)")
    .option("--weights <files...>", "weights of both networks (default: X.weights.safetensors beside X)")
    .option("--baseline <file>", "activations of an untrained network: what a stitcher learns by itself")
    .option("--baseline-weights <file>", "its weights (default: as for --weights)")
    .option("--stitcher <stitcher>", "how features are carried over, see below", "affine")
    .option("--split <share>", "fit on this share of the rows, e.g. 0.8, and hold the others out", share("--split"))
    .option("--seed <s>", "seed of the split (default: 0)", wholeNumber("--seed", 0, 2 ** 32 - 1))
    .option("-l, --layers <glob>", "only layers whose names match (repeatable)", gather)
    .option("--flatten", "join all axes after the first to features (samples × channels × height × width)")
    .option(
      "-t, --threads <n>",
      "threads (default: the cores that this process may use)",
      wholeNumber("--threads", 1, 64),
    )
    .option("-o, --out <dir>", "write report.html, stitching.csv and results.json there")
    .option("--title <text>", "title of the report");
  addOutputOptions(command, "print results.json on standard output instead of the tables");
  addHelp(command, boundsSections).action(async (first: string, second: string, flags: BoundsFlags) => {
    const { boundsCommand } = await import("./bounds.ts");
    await boundsCommand(first, second, flags);
  });
}
