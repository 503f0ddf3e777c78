import { checkNumber } from "../../check.ts";
import { linear } from "../../kernels/linear.ts";
import { invariantUnder } from "../invariant-under.ts";
import type { LayerSpectrum, SpectrumMetric } from "../metric.ts";
import type { Parameter } from "../parameter.ts";
import { byEigenvalue } from "../scalings.ts";

const perSample = "1/n";

/** ν: a number for both layers, or 1/n. */
const nuParameter: Parameter = {
  name: "nu",
  summary: "scale ν of both centred Gram matrices: 1/n, or a number",
  default: perSample,
  read: (value, where) =>
    value === perSample
      ? perSample
      : checkNumber(typeof value === "string" ? Number(value) : value, where, { above: 0 }),
};

function nuOf(nu: number | string): (spectrum: LayerSpectrum) => number {
  return typeof nu === "number" ? () => nu : ({ samples }) => 1 / samples;
}

/**
 * Kernel mutual information: −½ log det(I − ν_1ν_2 K̃_1K̃_2). Gretton, Herbrich and Smola 2005. Exists only while
 * ν_1ν_2·λ_max(K̃_1K̃_2) < 1.
 */
export const kmiMetric: SpectrumMetric = {
  id: "kmi",
  label: "KMI",
  summary: "Kernel mutual information: an upper bound on mutual information near independence.",
  formula: "−½·log det(I − ν₁ν₂·HK₁H·HK₂H)",
  family: "independence",
  symmetric: true,
  sense: "similarity",
  range: [0, null],
  variants: [],
  parameters: [nuParameter],
  kernel: linear(),
  invariances: invariantUnder("translation", "rotation"),
  cost: "pair",
  fewestSamples: () => 2,
  source: "Gretton et al. 2005; Insulla, Huang and Rosasco 2025, section 6.2",
  section: "6.2",
  reads: "spectra",
  reading: ({ parameters: { nu } }) => ({
    side: "samples",
    what: "logdet",
    scaling: byEigenvalue(`ν=${nu}`, nuOf(nu!)),
  }),
  evaluate: (found) =>
    found[0] === Infinity
      ? {
          reason: "ν₁ν₂·λ_max(HK₁H·HK₂H) is not below 1, so KMI does not exist: a smaller ν or kernels of smaller norm",
        }
      : { value: found[0]! },
};
