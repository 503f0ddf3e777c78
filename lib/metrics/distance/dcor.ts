import type { TableMetric } from "../metric.ts";
import { dcor2Metric } from "./dcor2.ts";

/** Distance correlation: the root of dCor², biased, as Székely, Rizzo and Bakirov 2007 print it. */
export const dcorMetric: TableMetric = {
  ...dcor2Metric,
  id: "dcor",
  label: "dCor",
  summary: "Distance correlation: the root of dCor², biased.",
  formula: "√(dCov²₁₂ / √(dCov²₁₁·dCov²₂₂))",
  variants: [],
  fewestSamples: () => 2,
  source: "Székely, Rizzo and Bakirov 2007",
  evaluate(context, a, b, choice) {
    const outcome = dcor2Metric.evaluate(context, a, b, { ...choice, variant: "biased" });
    // Not negative in exact arithmetic.
    return outcome.reason === undefined ? { value: Math.sqrt(Math.max(0, outcome.value)) } : outcome;
  },
};
