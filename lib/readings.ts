import { describeKernel } from "./kernels/describe.ts";
import type { Kernel } from "./kernels/kernel.ts";
import type { Metric } from "./metrics/metric.ts";
import { type ChosenMetric, nameOf } from "./metrics/request.ts";

/** A metric under a kernel: what one matrix of the result is about. The kernel is null for metrics of the features themselves. */
export interface Reading<M extends Metric = Metric> {
  readonly choice: ChosenMetric;
  readonly metric: M;
  readonly kernel: Kernel | null;
  /** Unique in a result, e.g. `cka.debiased.rbf(1×median)`. */
  readonly key: string;
}

/** What is asked for: every metric under the kernels named with it, else under those named for all, else under its own. Each once. */
export function readingsOf(choices: readonly ChosenMetric[], kernels: readonly Kernel[] | null): Reading[] {
  const readings = choices.flatMap((choice) => {
    const { metric } = choice;
    const under = metric.kernel === null ? [null] : (choice.kernels ?? kernels ?? [metric.kernel]);
    return under.map((kernel): Reading => {
      const key = kernel === null ? nameOf(choice) : `${nameOf(choice)}.${describeKernel(kernel)}`;
      return { choice, metric, kernel, key };
    });
  });
  return [...new Map(readings.map((reading) => [reading.key, reading])).values()];
}

/** Those readings whose metrics read the same kind of thing. */
export function readingsFrom<R extends Metric["reads"]>(
  readings: readonly Reading[],
  reads: R,
): Reading<Extract<Metric, { reads: R }>>[] {
  return readings.filter(
    (reading): reading is Reading<Extract<Metric, { reads: R }>> => reading.metric.reads === reads,
  );
}
