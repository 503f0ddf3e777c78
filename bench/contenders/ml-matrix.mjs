// One pair with ml-matrix (plain JavaScript, f64), both Grams centred and kept in mind; extrapolated to all pairs with every Gram
// cached: L Grams and L(L+1)/2 dot products. FILE OFFSET LAYERS SAMPLES FEATURES
import { closeSync, openSync, readSync } from "node:fs";

import { Matrix } from "ml-matrix";

const [file, offset, layers, samples, features] = process.argv
  .slice(2, 7)
  .map((text, i) => (i === 0 ? text : Number(text)));
const handle = openSync(file, "r");
const read = (l) => {
  const data = new Float32Array(samples * features);
  readSync(handle, new Uint8Array(data.buffer), 0, data.byteLength, offset + l * data.byteLength);
  return Matrix.from1DArray(samples, features, data);
};
const [x, y] = [read(0), read(1)];
closeSync(handle);

const gram = (matrix) => {
  const centred = matrix.center("column");
  return centred.mmul(centred.transpose());
};
const dot = (a, b) => {
  let sum = 0;
  for (let i = 0; i < samples; i += 1) for (let j = 0; j < samples; j += 1) sum += a.get(i, j) * b.get(i, j);
  return sum;
};
let started = performance.now();
const k = gram(x);
const gramSeconds = (performance.now() - started) / 1000;
const l = gram(y);
started = performance.now();
const cross = dot(k, l);
const dotSeconds = (performance.now() - started) / 1000;
const first = cross / Math.sqrt(dot(k, k) * dot(l, l));
const seconds = layers * gramSeconds + ((layers * (layers + 1)) / 2) * dotSeconds;
console.log(JSON.stringify({ seconds, gramSeconds, dotSeconds, first }));
