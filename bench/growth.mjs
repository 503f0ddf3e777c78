// Question: how do time and memory grow with the number of layers L, of samples n and of features d? One fresh process a point,
// linear CKA of all pairs, f32.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { writeLayers } from "./support/data.mjs";
import { provenance } from "./support/machine.mjs";
import { spawnCase } from "./support/spawn-case.mjs";
import { spread, summary } from "./support/summary.mjs";

const base = { layers: 24, samples: 1024, features: 512 };
const along = (what, values) => values.map((value) => Object.assign({ vary: what }, base, { [what]: value }));
const points = [
  ...along("layers", [6, 12, 24, 48, 96]),
  ...along("samples", [256, 512, 1024, 2048, 4096]),
  ...along("features", [64, 128, 256, 512, 1024, 2048]),
];
const contender = fileURLToPath(new URL("contenders/gramian.mjs", import.meta.url));
const rounds = 3;
const measured = [];
for (const { vary, ...size } of points) {
  const data = writeLayers(size);
  try {
    const args = [contender, data.path, data.offset, size.layers, size.samples, size.features].map(String);
    const runs = [];
    for (let round = 0; round < rounds; round += 1) runs.push(await spawnCase(process.execPath, args));
    const seconds = summary(runs.map((run) => run.seconds));
    const beyondInputsMiB = summary(runs.map((run) => (run.peakBytes - run.inputBytes) / 2 ** 20));
    const flops = size.layers * size.samples ** 2 * size.features + (size.layers * size.samples) ** 2 / 2;
    measured.push({
      vary,
      ...size,
      space: runs[0].plan.space,
      seconds,
      gflops: flops / seconds.median / 1e9,
      beyondInputsMiB,
    });
    console.log(JSON.stringify(measured.at(-1)));
  } finally {
    data.remove();
  }
}
const rows = measured.map((point) => ({
  measure: `${point.layers} layers, n = ${point.samples}, d = ${point.features} (${point.space} space)`,
  value: `${spread(point.seconds)} s, ${Math.round(point.gflops)} Gflop/s, ${Math.round(point.beyondInputsMiB.median)} MiB beyond the inputs`,
}));
const report = {
  question: "Growth with layers, samples and features",
  ...provenance(),
  summary: rows,
  points: measured,
};
writeFileSync(new URL("results/growth.json", import.meta.url), `${JSON.stringify(report, null, 2)}\n`);
