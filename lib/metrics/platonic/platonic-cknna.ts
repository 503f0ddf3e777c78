import { cosine } from "../../kernels/cosine.ts";
import { invariantUnder } from "../invariant-under.ts";
import type { NeighbourMetric } from "../metric.ts";
import { countParameter } from "../neighbours/count.ts";

/** cknna of platonic-rep: unbiased, mask not symmetric, 1e-6 added to the denominator. */
export const platonicCknnaMetric: NeighbourMetric = {
  id: "platonic-cknna",
  label: "platonic-rep cknna",
  summary: "CKNNA with platonic-rep’s one-sided mask and its additive 10⁻⁶.",
  formula: "HSIC_u(α∘K₁,α∘K₂) / (√(HSIC_u·HSIC_u) + 10⁻⁶), α(i,j) = 1 where j is a mutual neighbour of i",
  family: "platonic",
  symmetric: false,
  sense: "similarity",
  range: [null, null],
  variants: ["forward", "backward"],
  parameters: [countParameter],
  kernel: cosine(),
  invariances: invariantUnder("scale", "rotation", "duplication"),
  cost: "tiles",
  fewestSamples: () => 4,
  source: "platonic-rep, the code of Huh, Cheung, Wang and Isola 2024",
  section: null,
  reads: "neighbours",
  score: () => "platonicCknna",
};
