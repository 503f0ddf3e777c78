import { exitCodesHelp } from "./exit-codes.ts";
import type { HelpSection } from "./format-help.ts";
import { stitcherHelp } from "./stitcher-help.ts";

/** The paragraph of `gramian bounds --help`. */
export const boundsDescription =
  "Stitch every layer of one network to every layer of another, both ways, run all the stitched networks, and hold their risks against " +
  "the bounds: theorem 1 for each pair, theorem 2 for the gap between the two networks.";

/** What `gramian bounds --help` says below its options. */
export const boundsSections: readonly HelpSection[] = [
  {
    title: "What is printed",
    items: [
      [
        "0.0845 ×12",
        "The measured risk of a stitched network, and how many times the bound is that: ×1 would be tight. Rows: the layer stitched " +
          "from; columns: the layer stitched into. On held-out rows where there are any.",
      ],
      [
        "R(a) − R(b) ≤ …",
        "The gap between the networks' own risks against the least bound over all pairs, and the pair that gives it.",
      ],
      ["", "A matrix wider than the terminal is told by the best target of each layer."],
    ],
  },
  {
    title: "What --out DIR receives",
    text:
      "report.html (open it in a browser: maps of excess risk, measured risk against its bound, alignment against cost, the gap, the baseline), " +
      "stitching.csv (a line for each pair and set of rows), results.json, and the maps and charts as SVG files. Files of an earlier run are replaced, each in one step.",
  },
  stitcherHelp,
  {
    title: "Notes",
    text:
      "Layers are those tensors whose names are stitch points of the network, in its order. Give a baseline: a stitcher is fitted too, and makes " +
      "something even of random features. Most bounds are loose, the more so the more layers lie behind the stitch, since κ is a product over them.",
  },
  {
    title: "Examples",
    lines: [
      "gramian bounds examples/mnist/mlp-a.safetensors \\",
      "  examples/mnist/mlp-b.safetensors --split 0.8 --seed 1 \\",
      "  --targets examples/mnist/targets.safetensors:onehot \\",
      "  --baseline examples/mnist/mlp-random.safetensors -o gramian-out/bounds",
      "gramian bounds 'examples/mnist/mlp-a.safetensors#relu*' \\",
      "  examples/mnist/mlp-wide.safetensors --stitcher 'ridge(lambda=gcv)' \\",
      "  --targets examples/mnist/targets.safetensors:labels",
    ],
  },
  exitCodesHelp,
];
