// Question: what do the families of metrics cost for all pairs of 48 layers (n = 1000, d = 512, f32), against linear CKA alone, against
// the spectral work that a pair cannot do without, and against the same quantities pair by pair in numpy and SciPy? Every case is a
// fresh process; a round runs each once, and ratios are taken within a round.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { metrics, presets } from "../dist/index.js";
import { buildContender } from "./support/build-contender.mjs";
import { writeLayers } from "./support/data.mjs";
import { provenance } from "./support/machine.mjs";
import { spawnCase } from "./support/spawn-case.mjs";
import { spread, summary } from "./support/summary.mjs";

const { values: flags } = parseArgs({
  options: { rounds: { type: "string", default: "3" }, "no-slow": { type: "boolean", default: false } },
});
const [layers, samples, features] = [48, 1000, 512];
const rounds = Number(flags.rounds);
const contender = (file) => fileURLToPath(new URL(`contenders/${file}`, import.meta.url));
const log = (text) => process.stderr.write(`${text}\n`);

const kernels = ["linear", "cosine", "rbf", "laplacian"];
const under = (names) => names.flatMap((name) => kernels.map((kernel) => `${name}@${kernel}`));
const distances = ["euclidean", "squared-euclidean", "correlation", "cosine"];

/** What is an inner product of operators, under four kernels and four distances, and the neighbours under their usual kernel. */
const inner = {
  alignment: under(["ka", "cka.biased", "cka.debiased", "hsic.biased", "hsic.debiased"]),
  distances: [
    "da",
    ...distances.flatMap((distance) => [`rsa-pearson(distance=${distance})`, `rsa-cosine(distance=${distance})`]),
    "dcov2",
    "dcor2.biased",
    "dcor2.debiased",
    "dcor",
  ],
  neighbours: ["mutual-knn", "jaccard-knn", "cycle-knn.forward", "cycle-knn.backward", "lcs-knn", "edit-knn"].concat([
    "cknna.biased",
    "cknna.debiased",
  ]),
};
const hats = ["cca-rho2", "gcd", "linear-r2.forward", "linear-r2.backward", "nocco"];

/** Cases by name; `families` are parts of the paper set that are timed by themselves to show their share. */
const cases = {
  cka: ["cka"],
  inner: Object.values(inner).flat(),
  withHats: [...Object.values(inner).flat(), ...hats],
  nuclear: ["procrustes"],
  paper: "paper",
};
const families = {};
for (const name of presets.paper) {
  const { family } = metrics.get(name.split(".")[0]);
  families[family] = [...(families[family] ?? []), name];
}

log(`writing ${layers} layers of ${samples}×${features} …`);
const data = writeLayers({ layers, samples, features });
try {
  const shape = [data.path, data.offset, layers, samples, features].map(String);
  const gramian = (metricNames) =>
    spawnCase(process.execPath, [contender("gramian.mjs"), ...shape, JSON.stringify({ metrics: metricNames })]);
  const floor = buildContender("spectral-floor");
  const results = [];
  for (let round = 0; round < rounds; round += 1) {
    log(`round ${round + 1} of ${rounds}`);
    const seconds = {};
    const stages = {};
    for (const [name, names] of Object.entries(cases)) {
      const found = await gramian(names);
      seconds[name] = found.seconds;
      stages[name] = found.timings;
      log(`  ${name}: ${found.seconds.toFixed(2)} s, ${found.matrices} matrices`);
    }
    const family = {};
    for (const [name, names] of Object.entries(families)) family[name] = (await gramian(names)).seconds;
    const spectral = await spawnCase(floor, [String(samples), String(features), "64"]);
    const floorSeconds = (spectral.secondsEach * (layers * (layers - 1))) / 2;
    const numpy = flags["no-slow"]
      ? null
      : await spawnCase("python3", [contender("numpy_paper.py"), data.path, "12", "linear", "defaults"]);
    results.push({
      seconds,
      stages,
      family,
      floorSeconds,
      innerTimesCka: seconds.inner / seconds.cka,
      withHatsTimesCka: seconds.withHats / seconds.cka,
      nuclearTimesFloor: seconds.nuclear / floorSeconds,
      ...(numpy === null
        ? {}
        : {
            numpySeconds: numpy.seconds,
            timesNumpy: numpy.seconds / seconds.paper,
            timesNumpyLayersKept: numpy.secondsLayersKept / seconds.paper,
            numpyFamilies: numpy.families,
          }),
    });
    log(`  ${JSON.stringify(results.at(-1))}`);
  }
  const of = (read) => spread(summary(results.map(read)));
  const report = {
    question: `Families of metrics, all pairs of ${layers} layers, n = ${samples}, d = ${features}, f32`,
    ...provenance(),
    summary: [
      { measure: "linear CKA alone", value: `${of(({ seconds }) => seconds.cka)} s` },
      {
        measure: `${cases.inner.length} inner products of operators, distances and neighbours, times linear CKA`,
        value: of((result) => result.innerTimesCka),
      },
      { measure: "the same and hat matrices, times linear CKA", value: of((result) => result.withHatsTimesCka) },
      {
        measure: "a nuclear norm of every pair, times one gemm and one values-only eigenproblem a pair",
        value: of((result) => result.nuclearTimesFloor),
      },
      { measure: `the paper set (${presets.paper.length} metrics)`, value: `${of(({ seconds }) => seconds.paper)} s` },
      ...Object.keys(families).map((name) => ({
        measure: `of it, ${name} alone`,
        value: `${of(({ family }) => family[name])} s`,
      })),
      ...(flags["no-slow"]
        ? []
        : [
            { measure: "times faster than numpy and SciPy, pair by pair", value: of((result) => result.timesNumpy) },
            {
              measure: "… if numpy kept all that is made of one layer",
              value: of((result) => result.timesNumpyLayersKept),
            },
          ]),
    ],
    contenders: {
      gramian: "compare() on representations in memory; loading not counted",
      floor:
        "sgemm of two orthonormal bases and ssyevd (values only) of the product's square, pairs spread over the cores, OpenBLAS on one thread each; timed on 64 pairs",
      numpy:
        "the paper set's quantities with level-3 BLAS and one eigendecomposition a layer and kernel (linear); timed on 12 pairs, extrapolated to all",
    },
    cases,
    families,
    rounds: results,
  };
  writeFileSync(new URL("results/families.json", import.meta.url), `${JSON.stringify(report, null, 2)}\n`);
  console.log(report.summary.map(({ measure, value }) => `${measure}: ${value}`).join("\n"));
} finally {
  data.remove();
}
