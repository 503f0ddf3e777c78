// Goes through everything that the addon exports, for a build with sanitizers to watch: every element type, map, space and tile, what
// is refused, what is cancelled, workers that end in the middle of their jobs, and an end of the process while jobs run.
// GRAMIAN_NATIVE names the addon. The last line is `N passed, N failed`.
import { Worker, isMainThread, parentPort } from "node:worker_threads";

import { addon, keepBusy, matrix, promised, wait } from "../lifecycle/children/work.mjs";

const samples = 150;
const features = 21;
const maps = ["linear", "polynomial", "rbf", "laplacian"];
const numbers = matrix(samples, features).data;

/** f16 bits of numbers in [-1, 1): the sign and a coarse magnitude do. */
const halves = Uint16Array.from(numbers, (x) => (x < 0 ? 0x8000 : 0) | (0x3800 + Math.floor(Math.abs(x) * 0x3ff)));
const matrices = {
  f64: { data: Float64Array.from(numbers), dtype: "f64", rows: samples, cols: features },
  f32: { data: numbers, dtype: "f32", rows: samples, cols: features },
  f16: { data: halves, dtype: "f16", rows: samples, cols: features },
  bf16: { data: halves, dtype: "bf16", rows: samples, cols: features },
};

function featuresOf(source) {
  const { mean, centredNorm2, dotMean } = addon.facts(source);
  return { kind: "features", matrix: source, mean, centredNorm2, dotMean };
}

function gramSource() {
  const { data, rows, cols } = matrices.f64;
  const gram = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < rows; j++)
      for (let k = 0; k < cols; k++) gram[i * rows + j] += data[i * cols + k] * data[j * cols + k];
  return { kind: "gram", matrix: { data: gram, dtype: "f64", rows, cols: rows } };
}

const sources = [
  ...Object.values(matrices).map(featuresOf),
  { kind: "unitRows", matrix: matrices.f32 },
  { kind: "unitRows", matrix: matrices.bf16 },
  gramSource(),
];
const gram = sources.length - 1;
const map = (name, group, source) => ({
  map: name,
  group,
  source,
  bandwidth: 2,
  typicalDistance: 2,
  degree: 3,
  offset: 1,
});

/** Every map on every source that it applies to. */
const allMaps = maps.flatMap((name, group) =>
  sources.flatMap((_, source) => (source === gram && name !== "linear" ? [] : [map(name, group, source)])),
);
/** What feature space takes, and all pairs of it. */
const linear = sources.slice(0, gram).map((_, source) => map("linear", 0, source));
const pairs = Uint32Array.from(linear.flatMap((_, a) => linear.slice(a).flatMap((__, b) => [a, a + b])));
/** Every operator with itself and with the next of its group. */
const groupPairs = Uint32Array.from(
  allMaps.flatMap((one, a) => (allMaps[a + 1]?.group === one.group ? [a, a, a, a + 1] : [a, a])),
);
const order = Uint32Array.from({ length: samples }, (_, i) => (i * 7) % samples);

const spec = {
  sources,
  operators: allMaps,
  samples,
  space: "gram",
  tile: "f64",
  stack: "f64",
  block: 64,
  batch: 0,
  threads: 2,
};
const run = (change, progress = null) => promised((done) => addon.engineJob({ ...spec, ...change }, progress, done));
const bits = (result) =>
  ["inner", "moments", "totals", "batchHsic"].map((key) => Buffer.from(result[key].buffer).toString("base64")).join();

async function computes(change) {
  const one = bits(await run({ ...change, threads: 1 }));
  if (one !== bits(await run({ ...change, threads: 3 }, () => {}))) throw new Error("the bits depend on the threads");
}

function refuses(call) {
  try {
    call();
  } catch (error) {
    if (error.code === "INVALID_ARGUMENT") return;
    throw error;
  }
  throw new Error("nothing was thrown");
}

async function ends(worker) {
  await new Promise((resolve, reject) => worker.once("exit", resolve).once("error", reject));
}

/** A resampling job on every map, in both precisions; its answers must not depend on the threads. */
async function resamples(job, change) {
  const numbersOf = (result) => Object.values(result).map((each) => Buffer.from(each.buffer).toString("base64"));
  for (const precision of ["f32", "f64"]) {
    const on = (threads) =>
      promised((done) =>
        addon[job](
          { sources, operators: allMaps, samples, pairs: groupPairs, precision, threads, ...change },
          null,
          done,
        ),
      );
    if (numbersOf(await on(1)).join() !== numbersOf(await on(3)).join()) {
      throw new Error("the bits depend on the threads");
    }
  }
}

const checks = {
  info: () => void addon.info().blas.config.length,
  "gram space, f64 tiles": () => computes({}),
  "gram space, f32 tiles": () => computes({ tile: "f32" }),
  "gram space, flushed stack": () => computes({ tile: "f32", stack: "f32-flush" }),
  "gram space, an odd block": () => computes({ block: 37 }),
  "gram space, a block of 1": () => computes({ block: 1, operators: linear }),
  "feature space": () => computes({ space: "feature", sources: sources.slice(0, gram), operators: linear, pairs }),
  "feature space, f32 tiles": () =>
    computes({ space: "feature", sources: sources.slice(0, gram), operators: linear, pairs, tile: "f32" }),
  minibatch: () => computes({ batch: 20, order }),
  "minibatch, f32 tiles, blocks in batches": () => computes({ batch: 64, block: 16, tile: "f32", order }),
  "the fewest samples": async () => {
    for (const n of [1, 2, 3, 4]) {
      const few = featuresOf({ data: numbers.slice(0, n * 2), dtype: "f32", rows: n, cols: 2 });
      await computes({ samples: n, sources: [few], operators: maps.map((name, group) => map(name, group, 0)) });
    }
  },
  "numbers that overflow": async () => {
    const data = matrices.f64.data.map((x, i) => (i % 5 === 0 ? Number.NaN : x * 1e300));
    const huge = { ...sources[0], matrix: { ...matrices.f64, data } };
    await run({ sources: [huge], operators: maps.map((name, group) => map(name, group, 0)) });
  },
  "absurd parameters": async () => {
    for (const bandwidth of [0, -1, 1e-320, 1e300])
      for (const tile of ["f32", "f64"])
        await run({
          tile,
          operators: maps.map((name, group) => ({
            ...map(name, group, 1),
            bandwidth,
            typicalDistance: -bandwidth,
            gamma: 1e200,
            degree: 64,
          })),
        });
  },
  permutations: async () => {
    const lists = [1, 2].map((step) => Uint32Array.from({ length: samples * 3 }, (_, p) => (p * step) % samples));
    const neighbours = { lists, count: 3, pairs: Uint32Array.of(0, 1, 1, 1) };
    await resamples("permutationJob", { permutations: Uint32Array.from([...order, ...order]), neighbours });
  },
  weightings: async () => {
    const weights = Float64Array.from({ length: 5 * samples }, (_, p) => p % 4);
    for (const form of ["conditioned", "full", "off-diagonal"]) {
      await resamples("weightedJob", { weights, form });
    }
  },
  facts: async () => {
    for (const each of Object.values(matrices)) await promised((done) => addon.factsJob(each, done));
    const bad = { ...matrices.f64, data: matrices.f64.data.map((x, i) => (i === 77 ? Number.NaN : x)) };
    if (addon.facts(bad).nonFinite !== 1) throw new Error("the NaN was not counted");
  },
  medians: async () => {
    const requests = Object.values(matrices).map((each) => ({ matrix: each, mean: addon.facts(each).mean }));
    requests.push(
      { ...requests[0], rows: Uint32Array.from([5, 5, 149, 0]) },
      { ...requests[1], rows: Uint32Array.of(3) },
    );
    await promised((done) => addon.medianJob(requests, 2, () => {}, done));
  },
  "products of every element type, either way round": async () => {
    const products = Object.values(matrices).flatMap((left) => [
      {
        left,
        right: matrices.f64,
        transposed: true,
        leftFrom: 2,
        leftCount: 19,
        rightCount: 20,
        out: new Float64Array(380),
      },
      {
        left,
        right: { ...matrices.bf16, data: halves.slice(0, 5 * features), rows: 5 },
        transposed: false,
        leftFrom: 16,
        leftCount: 5,
        rightCount: 1,
        out: new Float64Array(samples),
      },
    ]);
    await promised((done) => addon.productsJob(products, 3, () => {}, done));
  },
  "what is wrong": () => {
    for (const key of Object.keys(spec))
      for (const wrong of [undefined, null, -1, Number.NaN, 2 ** 40, "x", [], {}, [{}], new Float64Array(3)])
        refuses(() => addon.engineJob({ ...spec, [key]: wrong }, null, () => {}));
    for (const key of ["data", "dtype", "rows", "cols"])
      for (const wrong of [undefined, null, -1, 1.5, 2 ** 31, "x", new Float32Array(1)])
        refuses(() => addon.facts({ ...matrices.f64, [key]: wrong }));
    refuses(() => addon.engineJob(spec, null));
    refuses(() => addon.engineJob(spec, 1, () => {}));
  },
  "jobs that are cancelled": async () => {
    for (let i = 0; i < 6; i++) {
      const jobs = keepBusy();
      await wait(i);
      for (const job of jobs) job.cancel();
    }
  },
  "callbacks that throw": async () => {
    const caught = [];
    const listen = (error) => caught.push(error.message);
    process.on("uncaughtException", listen);
    addon.engineJob(spec, null, () => {
      throw new Error("from done");
    });
    while (caught.length === 0) await wait(1);
    process.off("uncaughtException", listen);
  },
  "workers that compute": async () => {
    const workers = [1, 2].map(() => new Worker(new URL(import.meta.url), { argv: ["compute"] }));
    await Promise.all([...workers.map(ends), computes({})]);
  },
  "workers that are ended": async () => {
    for (let i = 0; i < 3; i++) {
      const worker = new Worker(new URL(import.meta.url), { argv: ["busy"] });
      await new Promise((resolve) => worker.once("message", resolve));
      await worker.terminate();
    }
  },
};

if (isMainThread) {
  let failed = 0;
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check();
    } catch (error) {
      failed++;
      console.log(`FAIL  ${name}: ${error?.stack ?? JSON.stringify(error)}`);
    }
  }
  console.log(`${Object.keys(checks).length - failed} passed, ${failed} failed`);
  // The end of the process is watched too, with every thread at work.
  if (process.argv[2] === "--end-busy") {
    keepBusy();
    setTimeout(() => process.exit(failed === 0 ? 0 : 1), 20);
  } else process.exitCode = failed === 0 ? 0 : 1;
} else if (process.argv[2] === "compute") {
  await computes({});
} else {
  keepBusy();
  parentPort.postMessage("busy", []);
}
