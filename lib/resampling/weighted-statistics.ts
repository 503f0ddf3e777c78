import { breaths } from "../breath.ts";
import { runJob } from "../job.ts";
import { normalised } from "../metrics/normalised.ts";
import { native, type NativeProgress, type NativeWeightedResult } from "../native.ts";
import { type OperatorGroups, shareSources } from "../share-sources.ts";
import { checkHeldBytes } from "./held-bytes.ts";
import { formOf, type IntervalStatistic, weightedInner } from "./statistic.ts";

export interface WeightedOptions {
  readonly precision: "f32" | "f64";
  readonly threads: number;
  readonly memoryLimit?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told of weightings. */
  readonly onProgress?: NativeProgress | undefined;
}

/** What a job's weights and answers may take. */
const chunkBytes = 64 * 2 ** 20;

/** The pairs asked for, and each operator with itself, whose inner products they are divided by. */
function withSelves(flat: Uint32Array): { readonly pairs: Uint32Array; readonly selves: ReadonlyMap<number, number> } {
  const pairs = [...flat];
  const selves = new Map<number, number>();
  for (const operator of flat) {
    if (!selves.has(operator)) selves.set(operator, pairs.push(operator, operator) / 2 - 1);
  }
  return { pairs: Uint32Array.from(pairs), selves };
}

/** The statistic of every pair under each weighting of a result, pair by pair into `values[pair·count + from + k]`. */
function readStatistics(
  found: NativeWeightedResult,
  statistic: IntervalStatistic,
  weights: Float64Array,
  samples: number,
  rounding: number,
  asked: Uint32Array,
  { pairs, selves }: ReturnType<typeof withSelves>,
  write: (pair: number, k: number, value: number) => void,
): void {
  const operators = found.scale.length;
  for (let k = 0; k < weights.length / samples; k += 1) {
    let m = 0;
    for (let i = k * samples; i < (k + 1) * samples; i += 1) m += weights[i]!;
    const inner = (pair: number): ReturnType<typeof weightedInner> => {
      const place = (k * pairs.length) / 2 + pair;
      return weightedInner(statistic, {
        m,
        quadratic: found.quadratic[place]!,
        rows: found.rows[place]!,
        totals: [found.totals[k * operators + pairs[2 * pair]!]!, found.totals[k * operators + pairs[2 * pair + 1]!]!],
      });
    };
    for (let pair = 0; pair < asked.length / 2; pair += 1) {
      const self = (side: number): ReturnType<typeof inner> => inner(selves.get(asked[2 * pair + side]!)!);
      const outcome = normalised(inner(pair).value, self(0), self(1), rounding, "the self-term");
      write(pair, k, "reason" in outcome ? NaN : outcome.value);
    }
  }
}

/**
 * A statistic of every pair under `count` weightings of the samples, which `fill` writes one after the other. Returns pairs×count
 * numbers, a pair's together; NaN where the statistic does not exist.
 *
 * @throws SystemError with code MEMORY_LIMIT when the operators do not fit in `memoryLimit`.
 * @throws The signal's reason when it is aborted.
 */
export async function weightedStatistics(
  input: OperatorGroups,
  statistic: IntervalStatistic,
  count: number,
  fill: (weights: Float64Array, k: number) => void,
  options: WeightedOptions,
): Promise<Float64Array> {
  const { samples } = input;
  const { precision, threads, signal, onProgress } = options;
  const { sources, operators } = shareSources(input.groups);
  const asked = input.pairs;
  const all = withSelves(asked);
  checkHeldBytes(samples, operators.length, precision, options.memoryLimit ?? Infinity);
  const values = new Float64Array((asked.length / 2) * count);
  if (values.length === 0) return values;
  const rounding = (precision === "f64" ? 2 ** -53 : 2 ** -24) * Math.sqrt(samples);
  const size = Math.max(1, Math.floor(chunkBytes / (8 * (samples + all.pairs.length + operators.length))));
  const breathe = breaths();
  for (let first = 0; first < count; first += size) {
    const some = Math.min(size, count - first);
    const weights = new Float64Array(some * samples);
    for (let k = 0; k < some; k += 1) {
      fill(weights.subarray(k * samples, (k + 1) * samples), first + k);
      await breathe();
      signal?.throwIfAborted();
    }
    const spec = {
      sources,
      operators,
      samples,
      weights,
      pairs: all.pairs,
      form: formOf[statistic],
      precision,
      threads,
    };
    const found = await runJob<NativeWeightedResult>((progress, done) => native().weightedJob(spec, progress, done), {
      signal,
      onProgress: onProgress && ((done, total) => onProgress(first + Math.floor((some * done) / total), count)),
    });
    readStatistics(found, statistic, weights, samples, rounding, asked, all, (pair, k, value) => {
      values[pair * count + first + k] = value;
    });
  }
  return values;
}
