// FILE OFFSET LAYERS SAMPLES FEATURES: affine stitchers from each layer of the first half to each of the second, as a user asks for them.
import { readFileSync } from "node:fs";

import { fitStitchers, Representation, stitchers } from "../../dist/index.js";

const [file, ...numbers] = process.argv.slice(2);
const [offset, layers, samples, features] = numbers.map(Number);
const bytes = readFileSync(file);
const size = samples * features;
const representations = Array.from({ length: layers }, (_, l) => {
  const data = new Float32Array(
    bytes.buffer.slice(bytes.byteOffset + offset + 4 * l * size, bytes.byteOffset + offset + 4 * (l + 1) * size),
  );
  return Representation.fromArray(data, [samples, features], { name: `${l}`, take: true });
});
const half = layers / 2;
const before = process.cpuUsage();
const start = performance.now();
const table = await fitStitchers(representations.slice(0, half), representations.slice(half), stitchers.affine());
const seconds = (performance.now() - start) / 1000;
const { user, system } = process.cpuUsage(before);
const processorSeconds = (user + system) / 1e6;
console.log(JSON.stringify({ seconds, processorSeconds, error: table[0][0].fitted.error }));
