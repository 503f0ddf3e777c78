import type { CompareOptions, IntervalOptions } from "../../compare-options.ts";
import { nearNames } from "../../io/near-names.ts";
import { parseKernel } from "../../kernels/parse.ts";
import { presets } from "../../metrics/presets.ts";
import { metricNames, parseMetric } from "../../metrics/request.ts";
import { needsBeside } from "../needs-beside.ts";
import { UsageError } from "../usage-error.ts";
import type { CompareFlags } from "./compare-command.ts";

/** Both estimates of CKA: the usual one, and beside it the one that does not grow with the number of features. */
const defaultMetrics: readonly string[] = ["cka", "cka.debiased"];

/** The metrics that were asked for: those of the presets, then those named one by one. */
function metricsOf({ preset, metric }: CompareFlags): readonly string[] {
  if (preset === undefined && metric === undefined) return defaultMetrics;
  return [...(preset ?? []).flatMap((name) => presets[name]), ...(metric ?? [])];
}

function intervalsOf({ intervals, level, resamples }: CompareFlags): IntervalOptions | undefined {
  if (intervals === undefined) {
    if (level !== undefined) throw needsBeside("--level", "--intervals");
    if (resamples !== undefined) throw needsBeside("--resamples", "--intervals bootstrap");
    return undefined;
  }
  if (resamples !== undefined && intervals !== "bootstrap") throw needsBeside("--resamples", "--intervals bootstrap");
  return {
    method: intervals,
    ...(level === undefined ? {} : { level }),
    ...(resamples === undefined ? {} : { resamples }),
  };
}

function checkedMetric(text: string, flags: CompareFlags): string {
  try {
    parseMetric(text, flags.estimator, "--metric");
    return text;
  } catch (cause) {
    const [near] = nearNames(metricNames(), text, 1);
    const hint = `Did you mean ${near}? \`gramian metrics\` lists all, \`gramian metrics ID\` explains one.`;
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), hint);
  }
}

/**
 * The options of `compare` that the flags stand for: read before any file is, so that a slip of the fingers costs no time.
 *
 * @throws ArgumentError INVALID_ARGUMENT for a metric or kernel that does not exist.
 */
export function compareOptionsOf(flags: CompareFlags): CompareOptions {
  const intervals = intervalsOf(flags);
  if (flags.quantile !== undefined && !flags.permutations) throw needsBeside("--quantile", "--permutations");
  return {
    metrics: metricsOf(flags).map((text) => checkedMetric(text, flags)),
    ...(flags.kernel === undefined ? {} : { kernel: flags.kernel.map((text) => parseKernel(text)) }),
    ...(flags.estimator === undefined ? {} : { estimator: flags.estimator }),
    ...(flags.batch === undefined ? {} : { batch: flags.batch }),
    ...(flags.seed === undefined ? {} : { seed: flags.seed }),
    ...(flags.threads === undefined ? {} : { threads: flags.threads }),
    ...(flags.memoryLimit === undefined ? {} : { memoryLimit: flags.memoryLimit }),
    ...(flags.permutations === undefined ? {} : { permutations: flags.permutations }),
    ...(flags.quantile === undefined ? {} : { quantile: flags.quantile }),
    ...(intervals === undefined ? {} : { intervals }),
    precision: flags.precision,
    space: flags.space,
  };
}
