// All pairs of the layers in a .npy of shape [layers, samples, features]: FILE OFFSET LAYERS SAMPLES FEATURES OPTIONS(json)
import { closeSync, openSync, readSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";

import { compare, Representation } from "../../dist/index.js";

const [file, offset, layers, samples, features] = process.argv
  .slice(2, 7)
  .map((text, i) => (i === 0 ? text : Number(text)));
const options = JSON.parse(process.argv[7] ?? "{}");
const { keepValues, ...compareOptions } = options;

const bytes = samples * features * 4;
const handle = openSync(file, "r");
const loading = performance.now();
const representations = Array.from({ length: layers }, (_, l) => {
  const data = new Float32Array(samples * features);
  readSync(handle, new Uint8Array(data.buffer), 0, bytes, offset + l * bytes);
  return Representation.fromArray(data, [samples, features], { name: `layer.${l}`, take: true });
});
closeSync(handle);
const loadMs = performance.now() - loading;

const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const started = performance.now();
const result = await compare(representations, undefined, { metrics: ["cka"], ...compareOptions });
const seconds = (performance.now() - started) / 1000;
delay.disable();
const { values } = result.matrices[0];
console.log(
  JSON.stringify({
    seconds,
    loadSeconds: loadMs / 1000,
    eventLoopDelayP99Ms: delay.percentile(99) / 1e6,
    eventLoopDelayMaxMs: delay.max / 1e6,
    peakBytes: process.resourceUsage().maxRSS * 1024,
    inputBytes: layers * bytes,
    plan: result.plan,
    timings: result.timings,
    matrices: result.matrices.length,
    values: keepValues ? [...values] : undefined,
    first: values[1],
  }),
);
