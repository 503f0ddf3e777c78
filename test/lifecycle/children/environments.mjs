// Several environments compute at once, again and again, while others come and go.
import { isMainThread, parentPort, Worker } from "node:worker_threads";

import { addon, engine, median, matrix, promised, shortSpec } from "./work.mjs";

async function compute() {
  const [first, second] = await Promise.all([engine(shortSpec(1)), engine(shortSpec(3))]);
  const medians = await promised((done) => addon.medianJob(...median(2, matrix(500, 20, 5)), null, done));
  return [...first.inner, ...second.inner, ...second.moments, ...medians].join();
}

if (isMainThread) {
  const expected = await compute();
  const answers = [];
  for (let round = 0; round < 5; round++) {
    const workers = Array.from({ length: 4 }, () => new Worker(new URL(import.meta.url)));
    answers.push(
      ...(await Promise.all(workers.map((worker) => new Promise((resolve) => worker.once("message", resolve))))),
    );
    answers.push(await compute());
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  console.log(
    JSON.stringify({ answers: answers.length, wrong: answers.filter((answer) => answer !== expected).length }),
  );
} else {
  parentPort.postMessage(await compute(), []);
}
