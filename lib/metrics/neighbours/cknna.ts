import { cosine } from "../../kernels/cosine.ts";
import { invariantUnder } from "../invariant-under.ts";
import type { NeighbourMetric } from "../metric.ts";
import { countParameter } from "./count.ts";

/** Centred kernel nearest-neighbour alignment, with a symmetric mask so that the metric is symmetric. Huh et al. 2024. */
export const cknnaMetric: NeighbourMetric = {
  id: "cknna",
  label: "CKNNA",
  summary: "CKA restricted to pairs of samples that are neighbours in both layers.",
  formula: "CKA of α∘K₁ and α∘K₂, α(i,j) = 1 where j is a mutual neighbour of i or i of j",
  family: "neighbours",
  symmetric: true,
  sense: "similarity",
  range: [null, null],
  variants: ["biased", "debiased"],
  parameters: [countParameter],
  kernel: cosine(),
  invariances: invariantUnder("scale", "rotation", "duplication"),
  cost: "tiles",
  fewestSamples: () => 4,
  source: "Huh, Cheung, Wang and Isola 2024",
  section: null,
  reads: "neighbours",
  score: ({ variant }) => (variant === "debiased" ? "cknnaDebiased" : "cknnaBiased"),
};
