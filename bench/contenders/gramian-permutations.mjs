// FILE OFFSET LAYERS SAMPLES FEATURES PERMUTATIONS: the permutation null of linear CKA, all pairs.
import { readFileSync } from "node:fs";

import { Representation } from "../../dist/index.js";
import { native } from "../../dist/native.js";
import { operatorOf } from "../../dist/operators.js";
import { permutationNull } from "../../dist/resampling/permutation-null.js";

const [file, ...numbers] = process.argv.slice(2);
const [offset, layers, samples, features, permutations] = numbers.map(Number);
const bytes = readFileSync(file);
const size = samples * features;
const operators = Array.from({ length: layers }, (_, l) => {
  const data = new Float32Array(
    bytes.buffer.slice(bytes.byteOffset + offset + 4 * l * size, bytes.byteOffset + offset + 4 * (l + 1) * size),
  );
  return operatorOf(Representation.fromArray(data, [samples, features], { name: `${l}`, take: true }), {
    kind: "linear",
  });
});
const pairs = operators.flatMap((_, a) => operators.slice(a + 1).map((__, b) => [a, a + 1 + b]));
const threads = native().info().cores;
// The terms of a layer with itself are not what is timed.
const table = { sums: { samples } };
const input = { samples, groups: [operators], pairs: [pairs] };
const start = performance.now();
let seen = 0;
for await (const chunk of permutationNull(input, table, { permutations, seed: 0, precision: "f32", threads }))
  seen += chunk.permutations;
console.log(JSON.stringify({ seconds: (performance.now() - start) / 1000, permutations: seen }));
