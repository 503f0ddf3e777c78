import { cosine } from "../../kernels/cosine.ts";
import { invariantUnder } from "../invariant-under.ts";
import type { TableMetric } from "../metric.ts";

/** What platonic-rep adds to every denominator. */
const epsilon = 1e-6;

/** cka and unbiased_cka of platonic-rep: HSICs without normalisation (biased) or after Song et al. 2012, and 1e-6 in the denominator. */
export const platonicCkaMetric: TableMetric = {
  id: "platonic-cka",
  label: "platonic-rep cka",
  summary: "CKA with platonic-rep\u2019s additive 10⁻⁶, which is not scale-free: to reproduce its numbers only.",
  formula: "HSIC₁₂ / (√(HSIC₁₁·HSIC₂₂) + 10⁻⁶)",
  family: "platonic",
  symmetric: true,
  sense: "similarity",
  range: [0, 1],
  variants: ["biased", "debiased"],
  parameters: [],
  kernel: cosine(),
  invariances: invariantUnder("scale", "rotation", "duplication"),
  cost: "tiles",
  fewestSamples: ({ variant }) => (variant === "debiased" ? 4 : 2),
  source: "platonic-rep, the code of Huh, Cheung, Wang and Isola 2024",
  section: null,
  reads: "operators",
  operators: (_, kernel) => [{ make: "kernel", kernel }],
  pairs: [[0, 0]],
  evaluate({ table }, [a], [b], { variant }) {
    const n = table!.samples;
    const hsic = (x: number, y: number): number =>
      table!.unit(x, y) *
      (variant === "debiased" ? table!.debiasedInner(x, y).value / (n * (n - 3)) : table!.centredInner(x, y).value);
    const product = hsic(a!, a!) * hsic(b!, b!);
    if (!(product >= 0)) return { reason: "the product of the two self-terms is negative, so it has no root" };
    return { value: hsic(a!, b!) / (Math.sqrt(product) + epsilon) };
  },
};
