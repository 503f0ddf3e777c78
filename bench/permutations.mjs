// Question: how long do 1,000 permutations take for all pairs of 24 layers (n = 1000, d = 512, f32), against a loop of single
// permutations in numpy, of which a few pairs and permutations are timed and the rest is counted?
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { writeLayers } from "./support/data.mjs";
import { provenance } from "./support/machine.mjs";
import { spawnCase } from "./support/spawn-case.mjs";
import { spread, summary } from "./support/summary.mjs";

const [layers, samples, features, permutations, rounds] = [24, 1000, 512, 1000, 3];
const pairs = (layers * (layers - 1)) / 2;
const contender = (file) => fileURLToPath(new URL(`contenders/${file}`, import.meta.url));
const data = writeLayers({ layers, samples, features });
try {
  const results = [];
  for (let round = 0; round < rounds; round += 1) {
    const shape = [data.path, data.offset, layers, samples, features, permutations].map(String);
    const ours = await spawnCase(process.execPath, [contender("gramian-permutations.mjs"), ...shape]);
    const loop = await spawnCase("python3", [contender("numpy_permutations.py"), data.path, "20", "10"]);
    const numpySeconds = loop.secondsEach * pairs * permutations;
    results.push({
      seconds: ours.seconds,
      // A multiplication and an addition for each pair of layers and of samples.
      gflops: (permutations * pairs * samples ** 2) / ours.seconds / 1e9,
      numpySeconds,
      timesNumpy: numpySeconds / ours.seconds,
    });
    console.error(results.at(-1));
  }
  const of = (key) => spread(summary(results.map((result) => result[key])));
  const report = {
    question: `${permutations} permutations of all ${pairs} pairs of ${layers} layers, n = ${samples}, d = ${features}, f32`,
    ...provenance(),
    summary: [
      { measure: "gramian", value: `${of("seconds")} s` },
      { measure: "useful work", value: `${of("gflops")} Gflop/s` },
      { measure: "numpy, one by one (counted up from 200)", value: `${of("numpySeconds")} s` },
      { measure: "faster by", value: `${of("timesNumpy")}×` },
    ],
    results,
  };
  writeFileSync(new URL("results/permutations.json", import.meta.url), `${JSON.stringify(report, null, 2)}\n`);
  for (const { measure, value } of report.summary) console.log(`${measure}: ${value}`);
} finally {
  data.remove();
}
