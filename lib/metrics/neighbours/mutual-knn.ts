import { cosine } from "../../kernels/cosine.ts";
import { invariantUnder } from "../invariant-under.ts";
import type { NeighbourMetric } from "../metric.ts";
import { countParameter } from "./count.ts";

/** Mutual nearest neighbours: the mean share of neighbours that a sample has in both layers. Huh et al. 2024. */
export const mutualKnnMetric: NeighbourMetric = {
  id: "mutual-knn",
  label: "Mutual kNN",
  summary: "Share of the k nearest neighbours that both layers agree on; k/(n−1) by chance.",
  formula: "mean over i of |N₁(i) ∩ N₂(i)| / k",
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
  source: "Huh, Cheung, Wang and Isola 2024",
  section: null,
  reads: "neighbours",
  score: () => "mutual",
};
