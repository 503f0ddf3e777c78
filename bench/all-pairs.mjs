// Question: how long do all pairs of 48 layers take (n = 2048, d = 768, f32, linear CKA), against what the machine's BLAS can do, against
// numpy in its two usual forms, and against plain JavaScript? Every case is a fresh process; a round runs each once, and ratios are
// taken within a round, because machines are noisy.
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { buildContender } from "./support/build-contender.mjs";
import { writeLayers } from "./support/data.mjs";
import { provenance } from "./support/machine.mjs";
import { spawnCase } from "./support/spawn-case.mjs";
import { spread, summary } from "./support/summary.mjs";

const { values: flags } = parseArgs({
  options: {
    layers: { type: "string", default: "48" },
    samples: { type: "string", default: "2048" },
    features: { type: "string", default: "768" },
    rounds: { type: "string", default: "5" },
    name: { type: "string", default: "all-pairs" },
    "no-slow": { type: "boolean", default: false },
  },
});
const [layers, samples, features, rounds] = [flags.layers, flags.samples, flags.features, flags.rounds].map(Number);
const contender = (file) => fileURLToPath(new URL(`contenders/${file}`, import.meta.url));
const log = (text) => process.stderr.write(`${text}\n`);

/** Multiplications and additions that cannot be avoided in Gram space, symmetry counted. */
const minimalFlops = layers * samples ** 2 * features + (layers ** 2 * samples ** 2) / 2;

log(`writing ${layers} layers of ${samples}×${features} …`);
const data = writeLayers({ layers, samples, features });
try {
  const shape = [data.path, data.offset, layers, samples, features].map(String);
  const gramian = (options) =>
    spawnCase(process.execPath, [contender("gramian.mjs"), ...shape, JSON.stringify(options)]);
  const peakProgram = buildContender("gemm-peak");
  const results = [];
  for (let round = 0; round < rounds; round += 1) {
    log(`round ${round + 1} of ${rounds}`);
    const peak = await spawnCase(peakProgram, [String(availableParallelism())]);
    const ours = await gramian({});
    const cached = await spawnCase("python3", [contender("numpy_cached.py"), data.path]);
    const slow = flags["no-slow"]
      ? {}
      : { rebuilt: (await spawnCase("python3", [contender("numpy_rebuilt.py"), data.path, "12"])).seconds };
    results.push({
      peakGflops: peak.flopsPerSecond / 1e9,
      seconds: ours.seconds,
      loadSeconds: ours.loadSeconds,
      gflops: minimalFlops / ours.seconds / 1e9,
      shareOfPeak: minimalFlops / ours.seconds / peak.flopsPerSecond,
      peakMiB: ours.peakBytes / 2 ** 20,
      beyondInputsMiB: (ours.peakBytes - ours.inputBytes) / 2 ** 20,
      eventLoopDelayP99Ms: ours.eventLoopDelayP99Ms,
      eventLoopDelayMaxMs: ours.eventLoopDelayMaxMs,
      numpyCachedSeconds: cached.seconds,
      timesNumpyCached: cached.seconds / ours.seconds,
      ...(slow.rebuilt === undefined
        ? {}
        : { numpyRebuiltSeconds: slow.rebuilt, timesNumpyRebuilt: slow.rebuilt / ours.seconds }),
    });
    log(`  ${JSON.stringify(results.at(-1))}`);
  }
  log("accuracy: f32 tiles against f64 …");
  const f32 = await gramian({ keepValues: true });
  const f64 = await gramian({ keepValues: true, precision: "f64" });
  const error = f32.values.reduce((worst, value, k) => Math.max(worst, Math.abs(value - f64.values[k])), 0);
  const one = flags["no-slow"] ? null : await spawnCase(process.execPath, [contender("ml-matrix.mjs"), ...shape]);
  const figures = Object.fromEntries(
    Object.keys(results[0]).map((key) => [key, summary(results.map((result) => result[key]))]),
  );
  const report = {
    question: `All pairs of ${layers} layers, n = ${samples}, d = ${features}, f32, linear CKA`,
    ...provenance(),
    summary: [
      { measure: "time", value: `${spread(figures.seconds)} s` },
      { measure: "rate at the minimal flops", value: `${spread(figures.gflops)} Gflop/s` },
      { measure: "share of the f32 gemm peak", value: spread(figures.shareOfPeak) },
      { measure: "times faster than numpy, every Gram cached", value: spread(figures.timesNumpyCached) },
      ...(figures.timesNumpyRebuilt === undefined
        ? []
        : [
            {
              measure: "times faster than numpy, Grams rebuilt for each pair",
              value: spread(figures.timesNumpyRebuilt),
            },
          ]),
      ...(one === null
        ? []
        : [
            {
              measure: "times faster than ml-matrix, every Gram cached",
              value: String(Math.round(one.seconds / figures.seconds.median)),
            },
          ]),
      { measure: "peak memory beyond the inputs", value: `${spread(figures.beyondInputsMiB)} MiB` },
      { measure: "event loop delay, 99th percentile", value: `${spread(figures.eventLoopDelayP99Ms)} ms` },
      { measure: "largest error of f32 tiles against f64", value: error.toExponential(1) },
    ],
    contenders: {
      gramian:
        "compare() on representations in memory; loading not counted; peak memory of the whole process, loading counted",
      gemmPeak: "OpenBLAS sgemm 2048³, one thread on every core, best of 5",
      numpyCached:
        "every centred Gram kept in memory, one dot product a pair; BLAS threads as numpy sets them; loading not counted",
      numpyRebuilt: "both Grams of each pair built and mean-centred anew; timed on 12 pairs, extrapolated to all",
      mlMatrix:
        "plain JavaScript, one thread, f64; timed on one Gram and one dot product, extrapolated to all with every Gram cached",
    },
    minimalFlops,
    plan: f32.plan,
    f64Seconds: f64.seconds,
    largestErrorAgainstF64: error,
    mlMatrix: one,
    figures,
    rounds: results,
  };
  const path = new URL(`results/${flags.name}.json`, import.meta.url);
  writeFileSync(path, `${JSON.stringify(report, null, 2)}\n`);
  console.log(report.summary.map(({ measure, value }) => `${measure}: ${value}`).join("\n"));
} finally {
  data.remove();
}
