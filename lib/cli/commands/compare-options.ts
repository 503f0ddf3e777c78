import type { CompareOptions } from "../../compare-options.ts";
import { nearNames } from "../../io/near-names.ts";
import { parseKernel } from "../../kernels/parse.ts";
import { metricNames, parseMetric } from "../../metrics/request.ts";
import { UsageError } from "../usage-error.ts";
import type { CompareFlags } from "./compare-command.ts";

/** Both estimates of CKA: the usual one, and beside it the one that does not grow with the number of features. */
const defaultMetrics: readonly string[] = ["cka", "cka.debiased"];

function checkedMetric(text: string, flags: CompareFlags): string {
  try {
    parseMetric(text, flags.estimator, "--metric");
    return text;
  } catch (cause) {
    const [near] = nearNames(metricNames(), text, 1);
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), `Did you mean ${near}?`);
  }
}

/**
 * The options of `compare` that the flags stand for: read before any file is, so that a slip of the fingers costs no time.
 *
 * @throws ArgumentError INVALID_ARGUMENT for a metric or kernel that does not exist.
 */
export function compareOptionsOf(flags: CompareFlags): CompareOptions {
  return {
    metrics: (flags.metric ?? defaultMetrics).map((text) => checkedMetric(text, flags)),
    ...(flags.kernel === undefined ? {} : { kernel: flags.kernel.map((text) => parseKernel(text)) }),
    ...(flags.estimator === undefined ? {} : { estimator: flags.estimator }),
    ...(flags.batch === undefined ? {} : { batch: flags.batch }),
    ...(flags.seed === undefined ? {} : { seed: flags.seed }),
    ...(flags.threads === undefined ? {} : { threads: flags.threads }),
    ...(flags.memoryLimit === undefined ? {} : { memoryLimit: flags.memoryLimit }),
    precision: flags.precision,
    space: flags.space,
  };
}
