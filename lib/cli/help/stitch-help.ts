import { exitCodesHelp } from "./exit-codes.ts";
import type { HelpSection } from "./format-help.ts";
import { stitcherHelp } from "./stitcher-help.ts";

/** The paragraph of `gramian stitch --help`. */
export const stitchDescription =
  "Can the head of one network run on the features of another? A stitcher is fitted from a layer of the first to a layer of the second; " +
  "then the second network's head runs on what it makes of the first one's features. What is told: its risk, what it costs over the second " +
  "network itself, and the bound that theory promises.";

/** What `gramian stitch --help` says below its options. */
export const stitchSections: readonly HelpSection[] = [
  {
    title: "What the lines answer",
    items: [
      [
        "matching error",
        "How far is the stitcher from the features that it stands in for? In units of the features squared.",
      ],
      [
        "own risk",
        "What error does the second network make by itself? Mean squared error, summed over target columns.",
      ],
      ["stitched risk", "And the stitched one? Measured by running it. excess: stitched less own."],
      [
        "bound",
        "(√R + κ√Ã)², which the stitched risk cannot exceed on the same rows. ×: how many times the risk it is.",
      ],
      [
        "κ",
        "How much can the head stretch a difference? For a network the product of its layers' spectral norms: safe, and mostly far " +
          "too large. The sampled value is a lower estimate: what pairs of samples showed.",
      ],
      [
        "task-aware",
        "The least risk that a search over S and b finds from this stitcher: what matching features leaves on the table.",
      ],
    ],
  },
  stitcherHelp,
  {
    title: "Notes",
    text:
      "--head wants the network's weights with the order of its layers in the file's metadata; the stitch points are named after the layers " +
      "whose output they are, and the tensor of --to names one, unless --head-from does. Without --split all rows are fitted on, which " +
      "flatters stitchers with many parameters.",
  },
  {
    title: "Examples",
    lines: [
      "gramian stitch --from examples/mnist/mlp-a.safetensors:relu2 \\",
      "  --to examples/mnist/mlp-b.safetensors:relu2 \\",
      "  --head examples/mnist/mlp-b.weights.safetensors \\",
      "  --targets examples/mnist/targets.safetensors:onehot --split 0.8 --seed 1",
      "gramian stitch --from examples/mnist/mlp-random.safetensors:relu1 \\",
      "  --to examples/mnist/mlp-b.safetensors:relu3 \\",
      "  --head examples/mnist/mlp-b.weights.safetensors \\",
      "  --targets examples/mnist/targets.safetensors:labels \\",
      "  --stitcher orthogonal --task-aware",
    ],
  },
  exitCodesHelp,
];
