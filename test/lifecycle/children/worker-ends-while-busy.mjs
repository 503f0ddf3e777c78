// Workers that are ended, or end themselves, in the middle of their jobs; afterwards the process computes what it computed before.
// argv: terminate or exit, how many times.
import { Worker } from "node:worker_threads";

import { engine, shortSpec } from "./work.mjs";

const [how, times] = process.argv.slice(2);
const before = await engine(shortSpec());
async function endOne(i) {
  const workerData = how === "exit" ? { exitAfter: i % 7 } : {};
  const worker = new Worker(new URL("busy-worker.mjs", import.meta.url), { workerData });
  const ended = new Promise((resolve) => worker.once("exit", resolve));
  if (how === "terminate") {
    await new Promise((resolve) => worker.once("message", resolve));
    await new Promise((resolve) => setTimeout(resolve, i % 7));
    await worker.terminate();
  }
  const code = await ended;
  if (code !== (how === "exit" ? 3 : 1)) throw new Error(`the worker ended with ${code}`);
}
// One, two or three at a time.
for (let i = 0; i < Number(times);) {
  const together = 1 + (i % 3);
  await Promise.all(Array.from({ length: together }, (_, k) => endOne(i + k)));
  i += together;
}
const after = await engine(shortSpec());
console.log(
  Buffer.compare(Buffer.from(before.inner.buffer), Buffer.from(after.inner.buffer)) === 0 ? "same" : "different",
);
