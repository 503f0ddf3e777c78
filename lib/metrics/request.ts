import { checkOneOf, checkOptions, expected } from "../check.ts";
import { allMetrics } from "./index.ts";
import type { Choice, Metric } from "./metric.ts";
import { readParameters } from "./parameter.ts";

/** A metric as a caller asks for it: `"cka"`, `"cka.debiased"`, `"kcc(kappa=0.01)"`, or an object. */
export type MetricRequest =
  | string
  | {
      readonly id: string;
      readonly variant?: string;
      readonly parameters?: Readonly<Record<string, number | string>>;
    };

/** A metric with everything decided that it leaves open. */
export interface ChosenMetric extends Choice {
  readonly metric: Metric;
}

const form = /^([a-z0-9-]+)(?:\.([a-z-]+))?(?:\((.*)\))?$/;

function splitName(text: string, where: string): { id: string; variant?: string; parameters: Record<string, string> } {
  const found = form.exec(text.trim());
  if (found === null) {
    throw expected("a metric such as cka, cka.debiased or kcc(kappa=0.01)", where, text);
  }
  const [, id = "", variant, inside = ""] = found;
  const parameters: Record<string, string> = {};
  for (const part of inside.split(",").filter((piece) => piece.trim() !== "")) {
    const at = part.indexOf("=");
    if (at < 0) throw expected("parameters as name=value", where, text);
    parameters[part.slice(0, at).trim()] = part.slice(at + 1).trim();
  }
  return variant === undefined ? { id, parameters } : { id, variant, parameters };
}

/** What a metric is called, with the variants that it has, for messages and completions. */
export function metricNames(): string[] {
  return allMetrics.flatMap((metric) => [metric.id, ...metric.variants.map((variant) => `${metric.id}.${variant}`)]);
}

/**
 * Reads a request for a metric.
 *
 * @param fallback - the variant of metrics that have it and name none.
 * @throws ArgumentError with code INVALID_ARGUMENT for an unknown metric, or a variant or parameter that it does not have.
 */
export function parseMetric(request: MetricRequest, fallback: string | null = null, where = "metric"): ChosenMetric {
  const given =
    typeof request === "string"
      ? splitName(request, where)
      : checkOptions(request, where, ["id", "variant", "parameters"]);
  const parameters = (given.parameters ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof parameters !== "object") throw expected("an object of parameters", `${where}.parameters`, parameters);
  const metric = allMetrics.find((known) => known.id === given.id);
  if (metric === undefined) {
    throw expected(`one of ${allMetrics.map((known) => known.id).join(", ")}`, where, request);
  }
  const { variants } = metric;
  const usual = fallback !== null && variants.includes(fallback) ? fallback : (variants[0] ?? null);
  if (given.variant !== undefined && variants.length === 0) {
    throw expected(`${metric.id}, which has no variants,`, where, request);
  }
  return {
    metric,
    variant: given.variant === undefined ? usual : checkOneOf(given.variant, `the variant of ${metric.id}`, variants),
    parameters: readParameters(metric.parameters, parameters, `the parameters of ${metric.id}`),
  };
}

/** The name that asks for a chosen metric again; parameters at their defaults are left out. */
export function nameOf({ metric, variant, parameters }: ChosenMetric): string {
  const given = metric.parameters.flatMap((parameter) => {
    const value = parameters[parameter.name];
    return value === parameter.default ? [] : [`${parameter.name}=${value}`];
  });
  return `${metric.id}${variant === null ? "" : `.${variant}`}${given.length === 0 ? "" : `(${given.join(",")})`}`;
}
