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
    title: "What to measure",
    items: [
      [
        "cka",
        "How alike is the geometry of the samples in two layers, whatever the rotation, scale and offset of the features? " +
          "1 is the same, 0 unrelated. This is the usual, biased estimate: with fewer samples than features it lies far " +
          "above 0 for unrelated layers too.",
      ],
      ["cka.debiased", "The same without that bias: about 0 for unrelated layers, at times slightly below."],
      ["cka.minibatch", "The debiased one averaged over batches of --batch samples."],
      ["dcor2, rsa-…", "Do the distances between samples agree? (family distance)"],
      ["hsic, kcc, kgv, …", "Does one layer depend on the other at all? (family independence)"],
      ["cca-rho2, linear-r2, …", "Is one layer a linear function or a rotation of the other? (family shape)"],
      ["mutual-knn, …", "Are the nearest neighbours of a sample the same? (family neighbours)"],
      ["'kcc(kappa=0.01)'", "Brackets set a metric's parameters; quote them."],
      ["cka@rbf:median", "A kernel of its own for this metric, whatever --kernel says."],
      ["", "`gramian metrics` lists all metrics, `gramian metrics cka` explains one."],
    ],
  },
  {
    title: "What the presets cost",
    items: [
      [
        "cka",
        "cka.biased and cka.debiased, what is measured without -m and -p: one pass over the samples for all pairs",
      ],
      ["platonic", "the numbers of platonic-rep: the same pass, and neighbour lists compared pair by pair"],
      ["independence", "a factorisation of each layer and, for most of these metrics, a job for each pair"],
      ["shape", "the same; CCA's mean ρ², GCD and linear R² come out of the pass"],
      ["paper", "all but platonic: every cost above, and sorting all distances of each layer for the rank metrics"],
    ],
  },
  {
    title: "Is it more than chance?",
    items: [
      [
        "--permutations 1000",
        "shuffles the samples of one layer against the other, for all metrics made of inner products (KA, CKA, HSIC, dCor, " +
          "linear R² and others) and for mutual kNN: p-values, adjusted over all pairs after Holm and after Benjamini and Hochberg, and calibrated scores, which are 0 up to " +
          "the --quantile of the shuffled values and 1 where the metric is",
      ],
      [
        "--intervals jackknife",
        "how far the value may be off for want of samples: leaves out one at a time (or draws them anew: bootstrap)",
      ],
    ],
  },
  {
    title: "What each kernel sees",
    items: [
      ["linear", "inner products of the features (the default of most metrics)"],
      ["cosine", "directions only: each row is divided by its norm (the default of DA and of neighbours)"],
      ["poly:3", "products of up to three features; in full poly:3,gamma=1/d,offset=1"],
      ["rbf:median*0.5", "neighbourhoods: a Gaussian half as wide as the median distance between the samples"],
      ["laplacian:median", "as rbf, with a heavier tail; rbf:3.5 gives the width in the features' own units"],
    ],
  },
  {
    title: "What is printed",
    text:
      "Up to four tables, one for each metric and kernel; of more, a line each with the range and the closest pair (--tables prints " +
      "all tables). A matrix that is wider than the terminal is told by the closest column of each row.",
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
      "gramian compare a.safetensors b.safetensors -p shape -m 'mutual-knn(k=5)' -o out",
      "gramian compare a.safetensors b.safetensors --permutations 1000 --intervals jackknife",
      "gramian compare 'a.safetensors#blocks.*.mlp' --rows 2000 --seed 1",
      "gramian compare before/*.npy --with after/*.npy --json > results.json",
      "gramian compare stack-a.npy stack-b.npy --layer-axis 1 -o out",
    ],
  },
  exitCodesHelp,
];
