// The experiment on stitching: does the bound hold everywhere, how tight is it by depth, does alignment order the risks, what do other
// stitchers change, what does it cost to be held out, and what does a stitcher learn from an untrained network by itself.
//
//   node examples/stitching/experiment.mjs [--out DIR]     half a minute; writes RESULTS.md, results.json and the figures
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import {
  loadNetwork,
  rbf,
  reportEnvironment,
  Representation,
  splitRows,
  stitchers,
  stitchingRisk,
  stitchNetworks,
  taskAwareStitcher,
  writeStitchingReport,
} from "gramian";

import { summarise, toMarkdown } from "./summary.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const data = fileURLToPath(new URL("../mnist/", import.meta.url));
const { values } = parseArgs({ options: { out: { type: "string" } } });
const out = values.out ?? here;

const split = 0.8;
const seed = 1;
const pairs = [
  ["mlp-a", "mlp-b"],
  ["mlp-a", "mlp-wide"],
  ["mlp-b", "mlp-wide"],
];
const methods = [
  stitchers.affine(),
  stitchers.ridge({ lambda: "loo" }),
  stitchers.orthogonal({ scale: true }),
  stitchers.permutation(),
  stitchers.lowRank({ rank: 10 }),
  stitchers.kernelRidge({ kernel: rbf(), lambda: "loo" }),
];

async function read(name) {
  return {
    network: await loadNetwork(join(data, `${name}.weights.safetensors`)),
    layers: await Representation.loadAll(join(data, `${name}.safetensors`)),
  };
}

/** Level pairs of the first two networks: the representation-matching stitcher beside one fitted to the task. */
async function taskAware(first, second, targets) {
  const { fitted, heldOut } = splitRows(targets.samples, split, { seed });
  const found = [];
  for (const [i, source] of first.layers.entries()) {
    const target = second.layers[i];
    const head = second.network.head(target.name);
    const matching = await stitchers.affine().fit(source, target, { rows: fitted });
    const aware = await taskAwareStitcher({ source, head, targets, start: matching, rows: fitted });
    const risks = async (stitcher) => ({
      fitted: (await stitchingRisk({ source, stitcher, head, targets }, { rows: fitted })).risk,
      heldOut: (await stitchingRisk({ source, stitcher, head, targets }, { rows: heldOut })).risk,
    });
    found.push({
      layer: source.name,
      matching: await risks(matching),
      aware: await risks(aware.stitcher),
      iterations: aware.iterations,
    });
  }
  return found;
}

await mkdir(out, { recursive: true });
const targets = await Representation.load(join(data, "targets.safetensors"), "onehot");
const networks = Object.fromEntries(
  await Promise.all(["mlp-a", "mlp-b", "mlp-wide", "mlp-random"].map(async (name) => [name, await read(name)])),
);

const sweeps = [];
for (const [one, other] of pairs) {
  for (const stitcher of methods) {
    const started = performance.now();
    const result = await stitchNetworks(networks[one], networks[other], targets, {
      stitcher,
      split,
      seed,
      baseline: networks["mlp-random"],
    });
    sweeps.push(result);
    console.log(`${one} and ${other}, ${stitcher.name}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
}
const aware = await taskAware(networks["mlp-a"], networks["mlp-b"], targets);
const summary = summarise(sweeps, aware);
await writeFile(join(out, "results.json"), `${JSON.stringify(summary, null, 1)}\n`);
await writeFile(join(out, "RESULTS.md"), toMarkdown(summary));
const report = fileURLToPath(new URL("../../gramian-out/stitching", import.meta.url));
const { figures } = await writeStitchingReport(report, sweeps[0], reportEnvironment());
for (const figure of figures) await copyFile(figure, join(out, basename(figure)));
console.log(toMarkdown(summary));
console.log(
  `Written: ${out} (results.json, RESULTS.md, figures) and ${report} (the report of ${pairs[0].join(" and ")})`,
);
