import { checkOneOf, checkOptions, expected } from "../check.ts";
import { checkKernel } from "../kernels/check-kernel.ts";
import type { Kernel } from "../kernels/kernel.ts";
import { parseKernel } from "../kernels/parse.ts";
import { allMetrics } from "./index.ts";
import type { Choice, Metric } from "./metric.ts";
import { readParameters } from "./parameter.ts";

/** A metric as a caller asks for it: `"cka"`, `"cka.debiased"`, `"kcc(kappa=0.01)"`, `"cka@rbf:0.5m"` with a kernel of its own, or an object. */
export type MetricRequest =
  | string
  | {
      readonly id: string;
      readonly variant?: string;
      readonly parameters?: Readonly<Record<string, number | string>>;
      /** The kernel or kernels of this metric alone. */
      readonly kernel?: Kernel | readonly Kernel[];
    };

/** A metric with everything decided that it leaves open. */
export interface ChosenMetric extends Choice {
  readonly metric: Metric;
  /** Kernels that were named with the metric; null where none was. */
  readonly kernels: readonly Kernel[] | null;
}

const form = /^([a-z0-9-]+)(?:\.([a-z-]+))?(?:\(([^@]*)\))?(?:@(.+))?$/;

interface Given {
  readonly id: unknown;
  readonly variant?: unknown;
  readonly parameters?: unknown;
  readonly kernel?: unknown;
}

function splitName(text: string, where: string): Given {
  const found = form.exec(text.trim());
  if (found === null) {
    throw expected("a metric such as cka, cka.debiased, kcc(kappa=0.01) or cka@rbf:0.5m", where, text);
  }
  const [, id = "", variant, inside = "", kernel] = found;
  const parameters: Record<string, string> = {};
  for (const part of inside.split(",").filter((piece) => piece.trim() !== "")) {
    const at = part.indexOf("=");
    if (at < 0) throw expected("parameters as name=value", where, text);
    parameters[part.slice(0, at).trim()] = part.slice(at + 1).trim();
  }
  return { id, variant, parameters, kernel: kernel === undefined ? undefined : parseKernel(kernel) };
}

function kernelsOf(given: unknown, metric: Metric, where: string): readonly Kernel[] | null {
  if (given === undefined) return null;
  if (metric.kernel === null) throw expected(`no kernel, for ${metric.id} is a metric of the features,`, where, given);
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  return list.map((kernel) => checkKernel(kernel, `${where}.kernel`));
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
  const given: Given =
    typeof request === "string"
      ? splitName(request, where)
      : (checkOptions(request, where, ["id", "variant", "parameters", "kernel"]) as unknown as Given);
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
    kernels: kernelsOf(given.kernel, metric, where),
  };
}

/** The name that asks for a chosen metric again; parameters at their defaults are left out. */
export function nameOf({ metric, variant, parameters }: Omit<ChosenMetric, "kernels">): string {
  const given = metric.parameters.flatMap((parameter) => {
    const value = parameters[parameter.name];
    return value === parameter.default ? [] : [`${parameter.name}=${value}`];
  });
  return `${metric.id}${variant === null ? "" : `.${variant}`}${given.length === 0 ? "" : `(${given.join(",")})`}`;
}
