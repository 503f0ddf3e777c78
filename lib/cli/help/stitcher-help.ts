import type { HelpSection } from "./format-help.ts";

/** The stitchers, as the help of every command that fits one lists them. */
export const stitcherHelp: HelpSection = {
  title: "Stitchers",
  items: [
    ["linear", "S·x, least squares (of the least norm where features are dependent)"],
    ["affine", "S·x + b, the same with an offset"],
    ["'ridge(lambda=0.1)'", "affine, held back by λ; lambda=loo or gcv lets the rows choose it"],
    [
      "orthogonal",
      "a rotation and an offset: can the layers be laid over each other? 'orthogonal(scale=true)' may stretch them, too",
    ],
    ["permutation", "unit by unit: which neuron is which?"],
    ["'low-rank(rank=8)'", "affine through so many dimensions"],
    ["'kernel-ridge(kernel=rbf)'", "not linear; it fits more, and needs held-out rows to be judged"],
  ],
};
