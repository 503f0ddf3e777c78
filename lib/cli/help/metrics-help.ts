import { familyLabels } from "../../report/families.ts";
import type { Family } from "../../result.ts";
import { exitCodesHelp } from "./exit-codes.ts";
import type { HelpSection } from "./format-help.ts";

/** The names of the families, in the order in which they are listed. */
export const families = Object.keys(familyLabels) as Family[];

/** The paragraph of `gramian metrics --help`. */
export const metricsDescription =
  "List what layers can be compared by: for each metric its name, the question it answers, its range and direction, the choices that " +
  "it leaves open and what it costs. With names, everything about these: formula, what leaves the value unchanged, source.";

/** What `gramian metrics --help` says below its options. */
export const metricsSections: readonly HelpSection[] = [
  {
    title: "Families",
    items: [
      ["alignment", "are the same pairs of samples alike in both layers? CKA and KA, between 0 and 1"],
      ["distance", "do distances between samples agree? Distance correlations and RSA"],
      [
        "independence",
        "does one layer say anything of the other? HSIC, COCO, KCC, KMI and others, on scales of their own",
      ],
      ["measures", "the layers as distributions: mutual information, Wasserstein distance, MMD"],
      ["shape", "the layers as subspaces and shapes: CCA, regression, Procrustes"],
      ["stitching", "how far off is one layer when it is put in the other's place? In the features' squared units"],
      ["neighbours", "are the nearest neighbours of a sample the same? Local where the others are global"],
      ["platonic", "the numbers of the program platonic-rep, its conventions included"],
    ],
  },
  {
    title: "How a metric is asked for",
    items: [
      ["cka", "by its id: the first variant, default parameters"],
      ["cka.debiased", "a variant: an estimator, or a direction (.forward is row → column)"],
      ["kcc(kappa=0.01)", "a parameter (quote it: brackets mean something to the shell)"],
      ["cka@rbf:median", "a kernel for this metric alone; --kernel is for all metrics that have one"],
      ["--preset shape", "a list of metrics at once: paper, platonic, cka, shape, independence"],
    ],
  },
  {
    title: "Examples",
    lines: [
      "gramian metrics",
      "gramian metrics --family shape",
      "gramian metrics cka linear-r2",
      "gramian metrics --json | jq -r '.metrics[] | select(.symmetric | not) | .id'",
    ],
  },
  exitCodesHelp,
];
