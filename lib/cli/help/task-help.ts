import { exitCodesHelp } from "./exit-codes.ts";
import type { HelpSection } from "./format-help.ts";

/** The paragraph of `gramian task --help`. */
export const taskDescription =
  "Ask of every layer how well it suits a task: class labels, or numbers to predict, one row a sample, in the samples' order. " +
  "Layers of several files are told side by side.";

/** What `gramian task --help` says below its options. */
export const taskSections: readonly HelpSection[] = [
  {
    title: "What the columns answer",
    items: [
      [
        "KTA",
        "Are samples with equal targets alike to the layer? Kernel–target alignment: 1 is the same, 0 unrelated. An offset common to " +
          "all samples counts as likeness here.",
      ],
      ["centred", "The same without that offset: for classes, mostly the one to read."],
      [
        "KARE",
        "What squared error would kernel ridge regression on this layer make on new samples? An estimate from these samples alone, " +
          "the least over the path of λ, which stands beside it (≤ or ≥ at an end of the path). In units of the targets; several columns are summed.",
      ],
      [
        "C(m)",
        "Which share of what the layer holds of the targets lies in its m leading directions? m is 1 %, 5 % and 10 % of the samples, and " +
          "the number of classes.",
      ],
      ["captured", "How much of the targets the layer holds at all (1 for kernels of full rank)."],
      ["R(h), bound", "The error of the kernel's own predictor, and the bound 2(1 − A) that it cannot exceed."],
    ],
  },
  {
    title: "Targets",
    items: [
      ["t.safetensors:labels", "whole numbers, one a sample: classes, which become one-hot columns"],
      ["t.safetensors:onehot", "samples × columns of floating-point numbers, taken as they are"],
      ["labels.npy", "a file with one tensor needs no name"],
    ],
  },
  {
    title: "Notes",
    text:
      "λ is in units of the eigenvalues of K/n. Without --lambda each layer gets a path from 10⁻⁹ to 10 times tr(K/n), so that layers of " +
      "different scale get the same treatment. A layer costs n·d² operations under the linear and cosine kernels, n³ under the others.",
  },
  {
    title: "Examples",
    lines: [
      "gramian task a.safetensors --targets labels.npy",
      "gramian task a.safetensors b.safetensors --targets t.safetensors:labels -o out",
      "gramian task 'a.safetensors#relu*' --targets t.npy -k rbf:median --lambda 1e-3",
    ],
  },
  exitCodesHelp,
];
