// Question: how long does it take to fit affine stitchers from each of 16 layers to each of 16 others (n = 4000, d = 512, f32), against
// numpy.linalg.lstsq pair by pair, in f64 (as gramian computes) and in f32? Every case is a fresh process; ratios are taken within a round.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { writeLayers } from "./support/data.mjs";
import { provenance } from "./support/machine.mjs";
import { spawnCase } from "./support/spawn-case.mjs";
import { spread, summary } from "./support/summary.mjs";

const { values: flags } = parseArgs({
  options: {
    rounds: { type: "string", default: "1" },
    /** Of the 256 pairs that numpy would fit, all of one size: how many are timed. */
    pairs: { type: "string", default: "256" },
  },
});
const [layers, samples, features] = [32, 4000, 512];
const all = (layers / 2) ** 2;
const timed = Math.min(all, Number(flags.pairs));
const contender = (file) => fileURLToPath(new URL(`contenders/${file}`, import.meta.url));
const data = writeLayers({ layers, samples, features });
try {
  const shape = [data.path, data.offset, layers, samples, features].map(String);
  const numpy = (dtype, count = timed, env = process.env) =>
    spawnCase("python3", [contender("numpy_stitching.py"), data.path, String(count), dtype], { env });
  const results = [];
  for (let round = 0; round < Number(flags.rounds); round += 1) {
    const ours = await spawnCase(process.execPath, [contender("gramian-stitching.mjs"), ...shape]);
    const [wide, narrow] = [await numpy("float64"), await numpy("float32")];
    // What the work costs when nobody waits for anybody: on a machine that is shared, two threads of OpenBLAS that wait for each other
    // are slower than one.
    const alone = await numpy("float64", Math.min(timed, 16), { ...process.env, OPENBLAS_NUM_THREADS: "1" });
    const agreement = Math.abs(ours.error / wide.error - 1);
    // Both are f64; the sums of squares run in another order.
    if (!(agreement < 1e-9)) throw new Error(`gramian and numpy do not agree: ${ours.error}, ${wide.error}`);
    results.push({
      seconds: ours.seconds,
      numpySeconds: wide.secondsEach * all,
      numpyF32Seconds: narrow.secondsEach * all,
      processorSeconds: ours.processorSeconds,
      numpyOneThread: alone.processorSecondsEach * all,
      timesProcessor: (alone.processorSecondsEach * all) / ours.processorSeconds,
      timesNumpy: (wide.secondsEach * all) / ours.seconds,
      timesNumpyF32: (narrow.secondsEach * all) / ours.seconds,
      agreement,
    });
    console.error(results.at(-1));
  }
  const of = (key) => spread(summary(results.map((result) => result[key])));
  const counted = timed === all ? "" : ` (counted up from ${timed})`;
  const report = {
    question: `Affine stitchers of ${layers / 2}×${layers / 2} pairs of layers, n = ${samples}, d = ${features}, f32 features`,
    ...provenance(),
    summary: [
      { measure: "gramian, in f64", value: `${of("seconds")} s` },
      { measure: `numpy.linalg.lstsq pair by pair, f64${counted}`, value: `${of("numpySeconds")} s` },
      { measure: `numpy.linalg.lstsq pair by pair, f32${counted}`, value: `${of("numpyF32Seconds")} s` },
      { measure: "faster than f64 by", value: `${of("timesNumpy")}×` },
      {
        measure: "processor seconds of numpy in f64 on one thread, by those of gramian",
        value: `${of("timesProcessor")}×`,
      },
      { measure: "faster than f32 by", value: `${of("timesNumpyF32")}×` },
    ],
    contenders: {
      gramian: "fitStitchers() on representations in memory; loading not counted",
      numpy:
        "lstsq of the source with a column of ones, for all columns of the target at once; loading and widening not counted",
    },
    results,
  };
  writeFileSync(new URL("results/stitching.json", import.meta.url), `${JSON.stringify(report, null, 2)}\n`);
  for (const { measure, value } of report.summary) console.log(`${measure}: ${value}`);
} finally {
  data.remove();
}
