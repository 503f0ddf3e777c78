import { expected } from "./check.ts";
import { describeKernel } from "./kernels/describe.ts";
import { allMetrics } from "./metrics/index.ts";
import type { CostClass, Invariances, Metric } from "./metrics/metric.ts";
import type { Family } from "./result.ts";

/** A metric as the catalogue describes it: plain data. */
export interface MetricEntry {
  readonly id: string;
  readonly label: string;
  readonly family: Family;
  readonly summary: string;
  readonly formula: string;
  readonly sense: "similarity" | "distance";
  /** For positive semidefinite kernels; null at an end without a bound. Debiased values may leave it. */
  readonly range: readonly [number | null, number | null];
  readonly symmetric: boolean;
  /** The first is the default; empty where there is but one. */
  readonly variants: readonly string[];
  readonly parameters: readonly {
    readonly name: string;
    readonly default: number | string;
    readonly summary: string;
  }[];
  /** The kernel where none is asked for, as `parseKernel` reads it; null for metrics of the features themselves. */
  readonly kernel: string | null;
  readonly invariances: Invariances;
  readonly cost: CostClass;
  readonly source: string;
  /** The section of Insulla, Huang and Rosasco 2025 that it stands for; null for metrics that are not in the paper. */
  readonly section: string | null;
}

function entryOf(metric: Metric): MetricEntry {
  const { id, label, family, summary, formula, sense, range, symmetric, variants, invariances, cost, source, section } =
    metric;
  return {
    id,
    label,
    family,
    summary,
    formula,
    sense,
    range,
    symmetric,
    variants: [...variants],
    parameters: metric.parameters.map((parameter) => ({
      name: parameter.name,
      default: parameter.default,
      summary: parameter.summary,
    })),
    kernel: metric.kernel === null ? null : describeKernel(metric.kernel),
    invariances: { ...invariances },
    cost,
    source,
    section,
  };
}

/**
 * The catalogue of metrics, for programs: what each is, its range and direction, what leaves it unchanged (the package's tests measure
 * that), what it costs and where it comes from.
 *
 * @example
 * ```ts
 * import { metrics } from "gramian";
 * const distances = metrics.list().filter((metric) => metric.sense === "distance");
 * console.log(distances.map((metric) => metric.id).join(", "));
 * console.log(metrics.get("cka").invariances.rotation); // true
 * ```
 */
export const metrics = {
  /** All of them, in the order in which they are listed to people. */
  list(): MetricEntry[] {
    return allMetrics.map(entryOf);
  },

  /** One of them. @throws ArgumentError with code INVALID_ARGUMENT for an id that there is not. */
  get(id: string): MetricEntry {
    const metric = allMetrics.find((known) => known.id === id);
    if (metric === undefined) throw expected(`one of ${allMetrics.map((known) => known.id).join(", ")}`, "id", id);
    return entryOf(metric);
  },
} as const;
