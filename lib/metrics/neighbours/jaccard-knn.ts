import { cosine } from "../../kernels/cosine.ts";
import { invariantUnder } from "../invariant-under.ts";
import type { NeighbourMetric } from "../metric.ts";
import { countParameter } from "./count.ts";

/** Jaccard similarity of the neighbour sets, averaged over the samples. */
export const jaccardKnnMetric: NeighbourMetric = {
  id: "jaccard-knn",
  label: "Jaccard kNN",
  summary: "Overlap of the two sets of nearest neighbours over their union.",
  formula: "mean over i of |N₁(i) ∩ N₂(i)| / |N₁(i) ∪ N₂(i)|",
  family: "neighbours",
  symmetric: true,
  sense: "similarity",
  range: [0, 1],
  variants: [],
  parameters: [countParameter],
  kernel: cosine(),
  invariances: invariantUnder("scale", "rotation", "duplication"),
  cost: "tiles",
  fewestSamples: () => 2,
  source: "Jaccard 1901; Wang et al. 2022",
  section: null,
  reads: "neighbours",
  score: () => "jaccard",
};
