import {
  checkArray,
  checkFunction,
  checkInteger,
  checkNumber,
  checkOneOf,
  checkOptions,
  checkSignal,
  expected,
} from "./check.ts";
import { checkKernel } from "./kernels/check-kernel.ts";
import { estimatorNames, type Estimator, type Kernel } from "./kernels/kernel.ts";
import { type PresetName, presetNames } from "./metrics/preset-names.ts";
import { presets } from "./metrics/presets.ts";
import { type ChosenMetric, type MetricRequest, parseMetric } from "./metrics/request.ts";
import { native } from "./native.ts";
import type { OnProgress } from "./progress.ts";

/** How intervals over samples are found. */
export interface IntervalOptions {
  /** `"jackknife"` leaves out one sample at a time; `"bootstrap"` draws samples with replacement (biased estimators only). */
  readonly method: "jackknife" | "bootstrap";
  /** Coverage: 0.95 by default. */
  readonly level?: number;
  /** Bootstrap samples: 1000 by default. */
  readonly resamples?: number;
}

/** What {@link compare} may be told. Everything has a default. */
export interface CompareOptions {
  /**
   * Metrics by name (`"cka"`, `"cka.debiased"`, `"kcc(kappa=0.01)"`) or as `{ id, variant, parameters }`, or the name of a preset (`"paper"`).
   * `["cka"]` by default. `metrics.list()` has all of them.
   */
  readonly metrics?: readonly MetricRequest[] | PresetName;
  /**
   * The kernel of the metrics that have one, or several, each with a matrix of its own a metric. Left out, each metric takes its own:
   * linear for most, cosine for neighbours.
   */
  readonly kernel?: Kernel | readonly Kernel[];
  /** The estimator of metrics that have it and name none: `"biased"` by default. */
  readonly estimator?: Estimator;
  /** Samples a batch of the minibatch estimator: at least 4, 256 by default. */
  readonly batch?: number;
  /** Of the shuffle into batches and of sampled medians: 0 by default. */
  readonly seed?: number;
  /** HSIC divided by (n−1)² (Gretton et al. 2005; the default) or by n² (Insulla et al. 2025). Biased estimator only. */
  readonly normalization?: "n-1" | "n";
  /** Element type of the tiles. `"auto"`, the default: f64 when some input is f64, else f32. Sums are f64 always. */
  readonly precision?: "auto" | "f32" | "f64";
  /** Where inner products are taken; `"auto"`, the default, is the cheaper by flops. */
  readonly space?: "auto" | "gram" | "feature";
  /** Side of a tile in samples; by default chosen to fit the caches. */
  readonly block?: number;
  /** Threads at work at a time: by default the cores that this process may use. Results do not depend on it. */
  readonly threads?: number;
  /** Bytes beyond the inputs that the engine may take; no limit by default. */
  readonly memoryLimit?: number;
  /**
   * How often the samples of one side are shuffled to find out what each metric would be by chance: p-values (Holm, Benjamini and
   * Hochberg) and calibrated scores of all metrics that are inner products of operators (KA, CKA, HSIC, dCor, R², …; no minibatches) and
   * of mutual kNN. 0, the default: no test.
   */
  readonly permutations?: number;
  /** The quantile of the shuffled values that calibrated scores are measured from: 0.95 by default. */
  readonly quantile?: number;
  /** Intervals over samples for KA, CKA and biased dCor²; none by default. */
  readonly intervals?: IntervalOptions;
  /** Aborts the comparison; the promise rejects with the signal's reason once the threads have let go. */
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
}

/** Options with their defaults filled in. */
export interface CheckedOptions {
  readonly metrics: readonly ChosenMetric[];
  /** Null: every metric under its own. */
  readonly kernels: readonly Kernel[] | null;
  readonly batch: number;
  readonly seed: number;
  readonly normalization: "n-1" | "n";
  readonly precision: "auto" | "f32" | "f64";
  readonly space: "auto" | "gram" | "feature";
  readonly block: number | null;
  readonly threads: number;
  readonly memoryLimit: number;
  readonly permutations: number;
  readonly quantile: number;
  readonly intervals: Required<IntervalOptions> | null;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: OnProgress | undefined;
}

const keys = [
  "metrics",
  "kernel",
  "estimator",
  "batch",
  "seed",
  "normalization",
  "precision",
  "space",
  "block",
  "threads",
  "memoryLimit",
  "permutations",
  "quantile",
  "intervals",
  "signal",
  "onProgress",
] as const;

function distinct<T>(values: readonly T[], key: (value: T) => string): T[] {
  return [...new Map(values.map((value) => [key(value), value])).values()];
}

function checkIntervals(value: unknown): Required<IntervalOptions> {
  const { method, level, resamples } = checkOptions(value, "intervals", ["method", "level", "resamples"]);
  const share = level === undefined ? 0.95 : checkNumber(level, "intervals.level", { above: 0, max: 1 });
  if (share === 1) throw expected("a coverage below 1", "intervals.level", level);
  return {
    method: checkOneOf(method, "intervals.method", ["jackknife", "bootstrap"]),
    level: share,
    resamples: resamples === undefined ? 1000 : checkInteger(resamples, "intervals.resamples", { min: 2, max: 1e6 }),
  };
}

export function checkCompareOptions(value: CompareOptions | undefined, name: string): CheckedOptions {
  const options = checkOptions(value, name, keys);
  const estimator =
    options.estimator === undefined ? "biased" : checkOneOf(options.estimator, "estimator", estimatorNames);
  const requests =
    typeof options.metrics === "string"
      ? presets[checkOneOf(options.metrics, "metrics", presetNames)]
      : options.metrics === undefined
        ? ["cka"]
        : checkArray(options.metrics, "metrics");
  if (requests.length === 0) throw expected("at least one metric", "metrics", requests);
  const kernels =
    options.kernel === undefined ? null : Array.isArray(options.kernel) ? options.kernel : [options.kernel];
  if (kernels?.length === 0) throw expected("at least one kernel", "kernel", kernels);
  return {
    metrics: requests.map((request, i) => parseMetric(request as MetricRequest, estimator, `metrics[${i}]`)),
    kernels:
      kernels === null
        ? null
        : distinct(
            kernels.map((kernel) => checkKernel(kernel, "kernel")),
            (kernel) => JSON.stringify(kernel),
          ),
    batch: options.batch === undefined ? 256 : checkInteger(options.batch, "batch", { min: 4 }),
    seed: options.seed === undefined ? 0 : checkInteger(options.seed, "seed", { min: 0, max: 2 ** 32 - 1 }),
    normalization:
      options.normalization === undefined ? "n-1" : checkOneOf(options.normalization, "normalization", ["n-1", "n"]),
    precision:
      options.precision === undefined ? "auto" : checkOneOf(options.precision, "precision", ["auto", "f32", "f64"]),
    space: options.space === undefined ? "auto" : checkOneOf(options.space, "space", ["auto", "gram", "feature"]),
    block: options.block === undefined ? null : checkInteger(options.block, "block", { min: 1, max: 4096 }),
    threads:
      options.threads === undefined
        ? native().info().cores
        : checkInteger(options.threads, "threads", { min: 1, max: 64 }),
    memoryLimit:
      options.memoryLimit === undefined ? Infinity : checkNumber(options.memoryLimit, "memoryLimit", { above: 0 }),
    permutations:
      options.permutations === undefined ? 0 : checkInteger(options.permutations, "permutations", { min: 0, max: 1e6 }),
    quantile: options.quantile === undefined ? 0.95 : checkNumber(options.quantile, "quantile", { above: 0, max: 1 }),
    intervals: options.intervals === undefined ? null : checkIntervals(options.intervals),
    signal: options.signal === undefined ? undefined : checkSignal(options.signal, "signal"),
    onProgress:
      options.onProgress === undefined ? undefined : checkFunction(options.onProgress as OnProgress, "onProgress"),
  };
}
