import { checkOneOf, checkOptions, expected } from "../check.ts";
import { estimatorNames, type Estimator } from "../kernels/kernel.ts";
import { ckaMetric } from "./cka.ts";
import { hsicMetric } from "./hsic.ts";
import { kaMetric } from "./ka.ts";
import type { Metric } from "./metric.ts";

/** Every metric, in the order in which they are listed to people. A new metric is a new file and a line here. */
export const metrics: readonly Metric[] = [ckaMetric, kaMetric, hsicMetric];

/** A metric as a caller asks for it: `"cka"`, `"cka.debiased"`, or an object. */
export type MetricRequest = string | { readonly id: string; readonly estimator?: Estimator };

/** A metric with its estimator decided; null for a metric that has no choice of one. */
export interface ChosenMetric {
  readonly metric: Metric;
  readonly estimator: Estimator | null;
}

/** Everything that {@link parseMetric} takes as a string. */
export function metricNames(): string[] {
  return metrics.flatMap((metric) => [metric.id, ...metric.estimators.map((estimator) => `${metric.id}.${estimator}`)]);
}

/**
 * Reads a request for a metric.
 *
 * @param fallback - the estimator of metrics that have a choice and name none.
 * @throws ArgumentError with code INVALID_ARGUMENT for an unknown metric or an estimator that it does not have.
 */
export function parseMetric(request: MetricRequest, fallback: Estimator = "biased", name = "metric"): ChosenMetric {
  let id: unknown;
  let estimator: unknown;
  if (typeof request === "string") {
    const dot = request.indexOf(".");
    id = dot < 0 ? request : request.slice(0, dot);
    estimator = dot < 0 ? undefined : request.slice(dot + 1);
  } else {
    ({ id, estimator } = checkOptions(request, name, ["id", "estimator"]));
  }
  const metric = metrics.find((known) => known.id === id);
  if (metric === undefined) throw expected(`one of ${metricNames().join(", ")}`, name, request);
  if (estimator === undefined) return { metric, estimator: metric.estimators.length === 0 ? null : fallback };
  const chosen = checkOneOf(estimator, `the estimator of ${metric.id}`, estimatorNames);
  if (!metric.estimators.includes(chosen)) {
    throw expected(`one of ${metricNames().join(", ")}`, name, request);
  }
  return { metric, estimator: chosen };
}
