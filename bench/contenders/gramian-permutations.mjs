// FILE OFFSET LAYERS SAMPLES FEATURES PERMUTATIONS: linear CKA of all pairs with a permutation test, as a user asks for it.
import { readFileSync } from "node:fs";

import { compare, Representation } from "../../dist/index.js";

const [file, ...numbers] = process.argv.slice(2);
const [offset, layers, samples, features, permutations] = numbers.map(Number);
const bytes = readFileSync(file);
const size = samples * features;
const representations = Array.from({ length: layers }, (_, l) => {
  const data = new Float32Array(
    bytes.buffer.slice(bytes.byteOffset + offset + 4 * l * size, bytes.byteOffset + offset + 4 * (l + 1) * size),
  );
  return Representation.fromArray(data, [samples, features], { name: `${l}`, take: true });
});
const start = performance.now();
const { matrices } = await compare(representations, undefined, { metrics: ["cka"], permutations });
console.log(
  JSON.stringify({ seconds: (performance.now() - start) / 1000, permutations: matrices[0].test.permutations }),
);
