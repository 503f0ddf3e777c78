import { exitCodesHelp } from "./exit-codes.ts";
import type { HelpSection } from "./format-help.ts";

/** The paragraph of `gramian compare --help`. */
export const compareDescription =
  "Compare layers pair by pair. Give one network for its layers against each other, two for the layers of the first (rows) " +
  "against those of the second (columns), more for all layers of all of them against each other; --with names the columns " +
  "outright. Row i of every layer must come from the same input.";

/** What `gramian compare --help` says below its options. */
export const compareSections: readonly HelpSection[] = [
  {
    title: "What stands for a network",
    items: [
      ["a.safetensors, a.npz", "a file of named tensors; each tensor samples × features is a layer"],
      ["'a.safetensors#blocks.*'", "the layers of it whose names match (quote the pattern, or the shell expands it)"],
      ["acts/", "a directory: the layers of all files in it, in natural order (layer.2 before layer.10)"],
      ["acts/*.npy", "a .npy file is one layer, and those of one directory make one network"],
      ["stack.npy", "with --layer-axis 1: samples × layers × features, a network by itself"],
    ],
  },
  {
    title: "What each metric answers",
    items: [
      [
        "cka",
        "How alike is the geometry of the samples in two layers, whatever the rotation, scale and offset of the features? " +
          "1 is the same, 0 unrelated. This is the usual, biased estimate: with fewer samples than features it lies far " +
          "above 0 for unrelated layers too.",
      ],
      ["cka.debiased", "The same without that bias: about 0 for unrelated layers, at times slightly below."],
      ["cka.minibatch", "The debiased one averaged over batches of --batch samples."],
      ["ka", "As cka without centring: an offset common to all samples counts as likeness."],
      ["hsic", "The covariance behind cka, not normalised: a measure of dependence in the kernels' own units."],
      ["", "cka and hsic each take .biased (what the bare name means), .debiased or .minibatch."],
    ],
  },
  {
    title: "What each kernel sees",
    items: [
      ["linear", "inner products of the features (the default)"],
      ["cosine", "directions only: each row is divided by its norm"],
      ["poly:3", "products of up to three features; in full poly:3,gamma=1/d,offset=1"],
      ["rbf:median*0.5", "neighbourhoods: a Gaussian half as wide as the median distance between the samples"],
      ["laplacian:median", "as rbf, with a heavier tail; rbf:3.5 gives the width in the features' own units"],
    ],
  },
  {
    title: "What --out DIR receives",
    text:
      "report.html (open it in a browser), heatmap-*.svg, pairs.csv (a line for each pair and metric) and results.json " +
      "(everything, with options, versions, seeds and plan). Files of an earlier run are replaced, each in one step. Without " +
      "--out nothing is written.",
  },
  {
    title: "Examples",
    lines: [
      "gramian compare a.safetensors b.safetensors -o out",
      "gramian compare a.safetensors b.safetensors -m cka.debiased -k rbf:median",
      "gramian compare 'a.safetensors#blocks.*.mlp' --rows 2000 --seed 1",
      "gramian compare before/*.npy --with after/*.npy --json > results.json",
      "gramian compare stack-a.npy stack-b.npy --layer-axis 1 -o out",
    ],
  },
  exitCodesHelp,
];
