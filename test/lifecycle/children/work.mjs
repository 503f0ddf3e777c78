// What every child needs: the addon, named by GRAMIAN_NATIVE, and jobs that keep its threads busy.
import { createRequire } from "node:module";

export const addon = createRequire(import.meta.url)(process.env.GRAMIAN_NATIVE);

/** Numbers in [-1, 1) that are the same in every process. */
export function matrix(rows, cols, seed = 1) {
  const data = new Float32Array(rows * cols);
  let state = seed >>> 0;
  for (let i = 0; i < data.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    data[i] = state / 2 ** 31 - 1;
  }
  return { data, dtype: "f32", rows, cols };
}

/** All pairs of `operators` linear operators over one source. */
export function engineSpec({ samples, features, operators, threads }) {
  const source = matrix(samples, features);
  const { mean, centredNorm2, dotMean } = addon.facts(source);
  return {
    sources: [{ kind: "features", matrix: source, mean, centredNorm2, dotMean }],
    operators: Array.from({ length: operators }, () => ({ source: 0, group: 0, map: "linear" })),
    samples,
    space: "gram",
    tile: "f32",
    stack: "f64",
    block: 256,
    batch: 0,
    threads,
  };
}

/** Seconds of work for two cores: nobody waits for its end. */
export const longSpec = (threads = 2) => engineSpec({ samples: 4096, features: 256, operators: 128, threads });

/** A tenth of a second of work. */
export const shortSpec = (threads = 2) => engineSpec({ samples: 1500, features: 64, operators: 12, threads });

export const median = (threads, ...matrices) => [
  matrices.map((each) => ({ matrix: each, mean: addon.facts(each).mean })),
  threads,
];

/** The job as a promise; rejects with the error that `done` was given. */
export function promised(start) {
  return new Promise((resolve, reject) => start((error, result) => (error === null ? resolve(result) : reject(error))));
}

export const engine = (spec, progress = null) => promised((done) => addon.engineJob(spec, progress, done));

/** What the resampling jobs share: a millisecond of work a permutation or weighting. */
const resampling = (threads) => {
  const { sources, operators, samples } = engineSpec({ samples: 500, features: 16, operators: 8, threads });
  const pairs = Uint32Array.from(operators.flatMap((_, a) => operators.slice(a).flatMap((__, b) => [a, a + b])));
  return { sources, operators, samples, pairs, precision: "f32", threads };
};

/** Rotations of the samples. */
export const permutationSpec = (count, threads = 2) => {
  const spec = resampling(threads);
  const n = spec.samples;
  return { ...spec, permutations: Uint32Array.from({ length: count * n }, (_, p) => (p + Math.floor(p / n)) % n) };
};

export const weightedSpec = (count, threads = 2) => {
  const spec = resampling(threads);
  return { ...spec, weights: new Float64Array(count * spec.samples).fill(1), form: "conditioned" };
};

/** Starts one job of every kind, and long ones of different widths, and waits for none. */
export function keepBusy() {
  const ignore = () => {};
  const long = longSpec(2);
  const points = matrix(2000, 32, 2);
  return [
    addon.engineJob(long, ignore, ignore),
    addon.engineJob({ ...long, threads: 4 }, null, ignore),
    addon.medianJob(...median(2, points, points), ignore, ignore),
    addon.factsJob(points, ignore),
    addon.permutationJob(permutationSpec(400), ignore, ignore),
    addon.weightedJob(weightedSpec(400), ignore, ignore),
  ];
}

export const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
