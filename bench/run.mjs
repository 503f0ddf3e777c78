// `npm run bench`: every question, one after the other, and the README's numbers from what came out. Takes about a quarter of an hour, and
// wants the machine for itself.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const manyLayers = [
  "--layers",
  "200",
  "--samples",
  "1000",
  "--features",
  "512",
  "--name",
  "many-layers",
  "--rounds",
  "3",
  "--no-slow",
];
const steps = [
  ["scripts/build.mjs"],
  ["bench/all-pairs.mjs"],
  ["bench/all-pairs.mjs", ...manyLayers],
  ["bench/growth.mjs"],
  ["bench/families.mjs"],
  ["bench/misalignment.mjs"],
  ["bench/permutations.mjs"],
  ["bench/stitching.mjs"],
  ["bench/abort.mjs"],
  ["scripts/readme-numbers.mjs"],
];
for (const args of steps) {
  console.log(`\nnode ${args.join(" ")}`);
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
