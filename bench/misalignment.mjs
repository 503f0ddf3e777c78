// Question: what does the misalignment of all ordered pairs of 48 layers cost (n = 2048, d = 768, f32, both directions), against linear CKA
// of the same layers? Every case is a fresh process; a round runs each once, and ratios are taken within a round.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { writeLayers } from "./support/data.mjs";
import { provenance } from "./support/machine.mjs";
import { spawnCase } from "./support/spawn-case.mjs";
import { spread, summary } from "./support/summary.mjs";

const [layers, samples, features] = [48, 2048, 768];
const rounds = 5;
const most = 5;
const contender = fileURLToPath(new URL("contenders/gramian.mjs", import.meta.url));
const bothWays = (name) => [`${name}.forward`, `${name}.backward`];
const cases = {
  cka: ["cka"],
  misalignment: bothWays("misalignment"),
  affine: bothWays("affine-misalignment"),
};

const data = writeLayers({ layers, samples, features });
try {
  const shape = [data.path, data.offset, layers, samples, features].map(String);
  const results = [];
  for (let round = 0; round < rounds; round += 1) {
    const seconds = {};
    const stages = {};
    for (const [name, metrics] of Object.entries(cases)) {
      const found = await spawnCase(process.execPath, [contender, ...shape, JSON.stringify({ metrics })]);
      seconds[name] = found.seconds;
      stages[name] = { factors: found.timings.factors / 1000, engine: found.timings.engine / 1000 };
    }
    const timesCka = {
      misalignment: seconds.misalignment / seconds.cka,
      affine: seconds.affine / seconds.cka,
    };
    results.push({ seconds, stages, timesCka });
    console.log(JSON.stringify(results.at(-1)));
  }
  const of = (read) => spread(summary(results.map(read)));
  const report = {
    question: `Misalignment of all ordered pairs of ${layers} layers, n = ${samples}, d = ${features}, f32`,
    ...provenance(),
    summary: [
      { measure: "linear CKA", value: `${of(({ seconds }) => seconds.cka)} s` },
      { measure: "misalignment, both directions", value: `${of(({ seconds }) => seconds.misalignment)} s` },
      { measure: `the same, times linear CKA (at most ${most})`, value: of(({ timesCka }) => timesCka.misalignment) },
      { measure: "affine misalignment, times linear CKA", value: of(({ timesCka }) => timesCka.affine) },
    ],
    results,
  };
  writeFileSync(new URL("results/misalignment.json", import.meta.url), `${JSON.stringify(report, null, 2)}\n`);
} finally {
  data.remove();
}
