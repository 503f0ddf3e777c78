// The main thread never loads the addon: Node closes it with the last worker, and opens it anew for the next. Children are spawned
// between. argv: how many rounds.
import { spawnSync } from "node:child_process";
import { Worker } from "node:worker_threads";

const rounds = Number(process.argv[2]);
const answers = new Set();
for (let round = 0; round < rounds; round++) {
  const workers = Array.from(
    { length: 1 + (round % 2) },
    () => new Worker(new URL("computing-worker.mjs", import.meta.url)),
  );
  const found = workers.map((worker) => new Promise((resolve) => worker.once("message", resolve)));
  const ended = workers.map((worker) => new Promise((resolve) => worker.once("exit", resolve)));
  for (const answer of await Promise.all(found)) answers.add(answer);
  // Every third time in the midst of the next job.
  if (round % 3 === 0) await Promise.all(workers.map((worker) => worker.terminate()));
  await Promise.all(ended);
  if (spawnSync("true").status !== 0) throw new Error("a child could not be spawned");
}
console.log(answers.size);
